package conduit.request;

import conduit.Some;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static conduit.Some.request;
import static org.assertj.core.api.Assertions.assertThat;

class LlmRequestTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            a         | ''   | 1
            abcd      | ''   | 1
            abcde     | ''   | 2
            abcd      | efgh | 2
            abc       | de   | 2
            👍👍👍👍   | ''   | 1
            👍👍👍👍   | 👍   | 2
            日本語     | ''   | 1
            """)
    void tokensAreCodePointsOfSystemAndPromptByFourRoundedUp(String prompt, String system, int count) {
        assertThat(request("{'prompt':'" + prompt + "','system':'" + system + "'}").tokenCount()).isEqualTo(count);
    }

    @Test
    void theMostInputTokensAreItsUtf8BytesAndTheOverhead() {
        assertThat(request("{'prompt':'é👍','system':'ab'}").mostInputTokens(10)).isEqualTo(2 + 4 + 2 + 10);
    }

    @Test
    void theRollerIsTheUserElseTheSessionElseTheRequest() {
        assertThat(request("{'prompt':'x','user':'u','session':'s'}").roller()).isEqualTo("u");
        assertThat(request("{'prompt':'x','session':'s'}").roller()).isEqualTo("s");
        assertThat(request("{'prompt':'x'}").roller()).isEqualTo("r-1");
    }

    @Test
    void bodiesThatAskTheSameHaveOneFingerprint() {
        LlmRequest one = request("{'prompt':'x','metadata':{'a':1,'b':{'c':2,'d':3}},'user':'u'}");
        LlmRequest same = request("{ 'user':'u', 'metadata':{'b':{'d':3,'c':2},'a':1}, 'message':'x', 'flags':[] }");

        assertThat(one.fingerprint()).hasSize(64).isEqualTo(same.fingerprint());
        assertThat(new RequestParser(Some.CATALOGUE, 100).plain("x", new RequestParser.Origin(Inlet.FILE, "r-1", null))
                .fingerprint()).isEqualTo(request("{'prompt':'x'}").fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'id':'other'", "'project':'p'", "'prompt':'y'", "'system':'s'", "'agent':{'id':'a'}",
            "'agent':{'type':'a'}", "'session':'a'", "'user':'a'", "'category':'a'", "'flags':['a']",
            "'model':'claude-opus-5-5'", "'maxOutputTokens':1", "'constraints':{'maxCostUsd':1}",
            "'constraints':{'models':['claude-opus-5-5']}", "'metadata':{'a':1}"})
    void everyFieldCountsForTheFingerprint(String member) {
        String body = member.startsWith("'prompt'") ? "{" + member + "}" : "{'prompt':'x'," + member + "}";

        assertThat(request(body).fingerprint()).isNotEqualTo(request("{'prompt':'x'}").fingerprint());
    }

    @ParameterizedTest
    @CsvSource({"a, true", "A9._:-z, true", "9, true", "-a, false", ".a, false", "a..b, false", "a b, false",
            "a/b, false", "a~1, false", "é, false", "a\\b, false", "'', false"})
    void anIdIsSafeAsAFilesNameAndAKey(String text, boolean is) {
        assertThat(Ids.isId(text)).isEqualTo(is);
    }

    @Test
    void anIdHasAtMost100CharactersAndNoNewlineAtItsEnd() {
        assertThat(Ids.isId("x".repeat(100))).isTrue();
        assertThat(Ids.isId("x".repeat(101))).isFalse();
        assertThat(Ids.isId("x\n")).isFalse();
        assertThat(Ids.check("id", null)).isNull();
        assertThat(Some.problem(() -> Ids.check("id", "/".repeat(500))).detail()).hasSizeLessThan(250)
                .startsWith("id is \"////");
    }

    @Test
    void theStableHashNeverChanges() {
        assertThat(StableHash.of("")).isEqualTo(StableHash.of(""));
        assertThat(StableHash.of("conduit")).isNotEqualTo(StableHash.of("conduit "));
        assertThat(Long.toHexString(StableHash.of("a"))).isEqualTo("82a2a958a9bece5b");
    }
}
