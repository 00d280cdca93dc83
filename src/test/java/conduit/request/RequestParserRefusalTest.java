package conduit.request;

import conduit.Some;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Each bad value of each field is bad input that names the field. */
class RequestParserRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'prompt':1                                   | prompt
            'prompt':''                                  | prompt
            'prompt':' \\n\\t '                          | prompt
            'prompt':null                                | prompt
            'prompt':'\\u00a0\\u3000\\u2003\\ufeff\\u2028'   | prompt
            'message':''                                 | prompt
            'prompt':'a\\u0000b'                         | prompt
            'prompt':'a\\ud800b'                         | prompt
            'prompt':'\\udc00'                           | prompt
            'prompt':'x','system':7                      | system
            'prompt':'x','system':'\\u0000'              | system
            'prompt':'x','system':'\\ud83d'              | system
            'prompt':'x','id':''                         | id
            'prompt':'x','id':'../x'                     | id
            'prompt':'x','id':'a/b'                      | id
            'prompt':'x','id':5                          | id
            'prompt':'x','project':'.hidden'             | project
            'prompt':'x','project':'a..b'                | project
            'prompt':'x','agent':'bot'                   | agent
            'prompt':'x','agent':{'id':1}                | agent.id
            'prompt':'x','agent':{'type':' '}            | agent.type
            'prompt':'x','session':'a\\nb'               | session
            'prompt':'x','session':'\\u0000'             | session
            'prompt':'x','user':''                       | user
            'prompt':'x','category':'\\u001b[2J'         | category
            'prompt':'x','flags':'urgent'                | flags
            'prompt':'x','flags':[1]                     | flags
            'prompt':'x','flags':['']                    | flags
            'prompt':'x','model':'opus'                  | model
            'prompt':'x','model':['claude-opus-5-5']     | model
            'prompt':'x','maxOutputTokens':0             | maxOutputTokens
            'prompt':'x','maxOutputTokens':128001        | maxOutputTokens
            'prompt':'x','maxOutputTokens':1.5           | maxOutputTokens
            'prompt':'x','maxOutputTokens':'5'           | maxOutputTokens
            'prompt':'x','constraints':[]                | constraints
            'prompt':'x','constraints':{'maxCostUsd':-1} | constraints.maxCostUsd
            'prompt':'x','constraints':{'minQuality':1.1}      | constraints.minQuality
            'prompt':'x','constraints':{'minQuality':-0.1}     | constraints.minQuality
            'prompt':'x','constraints':{'maxLatencyMs':0}      | constraints.maxLatencyMs
            'prompt':'x','constraints':{'maxLatencyMs':1e9}    | constraints.maxLatencyMs
            'prompt':'x','constraints':{'models':[]}           | constraints.models
            'prompt':'x','constraints':{'models':'claude-opus-5-5'} | constraints.models
            'prompt':'x','constraints':{'models':['gpt']}      | constraints.models
            'prompt':'x','metadata':[]                   | metadata
            """)
    void aBadValueNamesItsField(String members, String field) {
        var problem = Some.problem(() -> Some.request("{" + members + "}"));

        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.more()).containsEntry("field", field);
        assertThat(problem.detail()).startsWith(field).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "user", "category"})
    void aLabelHasAtMost200Characters(String field) {
        assertThatCode(() -> Some.request("{'prompt':'x','" + field + "':'" + "y".repeat(200) + "'}"))
                .doesNotThrowAnyException();
        assertThat(Some.problem(() -> Some.request("{'prompt':'x','" + field + "':'" + "y".repeat(201) + "'}"))
                .more()).containsEntry("field", field);
    }

    /** The CLI would block it after a process was started for it. */
    @Test
    void aPromptThatTheCliBlocksIsRefusedBeforeItRuns() {
        assertThat(Some.request("{'prompt':'" + "x".repeat(2_900_000) + "'}").prompt()).hasSize(2_900_000);
        assertThat(Some.request("{'prompt':'x','system':'" + "y".repeat(3_000_000) + "'}").system()).hasSize(3_000_000);
        var problem = Some.problem(() -> Some.request("{'prompt':'" + "x".repeat(2_900_001) + "'}"));

        assertThat(problem.kind().status()).isEqualTo(413);
        assertThat(problem.more()).containsEntry("field", "prompt");
        assertThat(problem.detail()).contains("2900001").contains("2900000").contains("system");
    }

    @ParameterizedTest
    @CsvSource({"50, true", "51, false"})
    void thereAreAtMost50Flags(int count, boolean fits) {
        String body = "{'prompt':'x','flags':[" + "'f',".repeat(count - 1) + "'f']}";

        if (fits) {
            assertThat(Some.request(body).flags()).hasSize(count);
        } else {
            assertThat(Some.problem(() -> Some.request(body)).more()).containsEntry("field", "flags");
        }
    }

    /** Its decimal form has more digits than fit into memory. */
    @ParameterizedTest
    @ValueSource(strings = {"'constraints':{'maxCostUsd':1e-99999}", "'constraints':{'maxCostUsd':1e99999}",
            "'metadata':{'n':1e99999}", "'metadata':{'n':1e-99999}"})
    void aNumberWithAnAbsurdExponentIsBadInputAndBreaksNothingLater(String member) {
        assertThat(Some.problem(() -> Some.request("{'prompt':'x'," + member + "}").fingerprint()).kind().status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'user':'\\ud800'", "'flags':['\\ud800']", "'agent':{'id':'\\udfff'}"})
    void aLabelWithHalfACharacterIsBadInputAsTwoOfThemWouldCountAsOne(String member) {
        assertThat(Some.problem(() -> Some.request("{'prompt':'x'," + member + "}")).kind().status()).isEqualTo(400);
    }
}
