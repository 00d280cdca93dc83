package conduit.request;

import conduit.Some;
import conduit.request.RequestParser.Origin;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import static conduit.Some.CATALOGUE;
import static conduit.Some.request;
import static org.assertj.core.api.Assertions.assertThat;

class RequestParserTest {

    private static final RequestParser PARSER = new RequestParser(CATALOGUE, 1000);

    @Test
    void everyFieldIsRead() {
        LlmRequest request = request("""
                {'id':'a.b:c-1','project':'team','prompt':'Hi','system':'Be kind','agent':{'id':'bot','type':'research'},
                 'session':'s','user':'u','category':'c','flags':['urgent','x'],'model':'claude-opus-5-5',
                 'maxOutputTokens':100,'constraints':{'maxCostUsd':0.5,'minQuality':0.25,'maxLatencyMs':9,
                 'models':['claude-opus-5-5']},'metadata':{'k':[1,{'n':null}]}}""");

        assertThat(request).isEqualTo(new LlmRequest("a.b:c-1", "team", "Hi", "Be kind", new Agent("bot", "research"),
                "s", "u", "c", List.of("urgent", "x"), "claude-opus-5-5", 100, new Constraints(new BigDecimal("0.5"),
                0.25, 9, List.of("claude-opus-5-5")), request.metadata(), Inlet.HTTP));
        assertThat(request.metadata().toString()).isEqualTo("{k=[1, {n=null}]}");
    }

    @Test
    void onlyThePromptIsNeeded() {
        assertThat(request("{'prompt':' Hi '}")).isEqualTo(new LlmRequest("r-1", "default", " Hi ", "", Agent.NONE,
                null, null, null, List.of(), null, null, Constraints.NONE, Map.of(), Inlet.HTTP));
    }

    @Test
    void nullIsLikeAbsent() {
        assertThat(request("""
                {'id':null,'project':null,'prompt':'Hi','system':null,'agent':null,'session':null,'user':null,
                 'category':null,'flags':null,'model':null,'maxOutputTokens':null,'constraints':null,'metadata':null}
                """)).isEqualTo(request("{'prompt':'Hi'}"));
    }

    @Test
    void messageIsAnotherNameOfPromptAndPromptGoesFirst() {
        assertThat(request("{'message':'Hi'}").prompt()).isEqualTo("Hi");
        assertThat(request("{'message':'Hi','prompt':null}").prompt()).isEqualTo("Hi");
        assertThat(request("{'message':'No','prompt':'Yes'}").prompt()).isEqualTo("Yes");
    }

    @Test
    void theOriginGivesIdAndProjectWhereTheBodyDoesNot() {
        Origin folder = new Origin(Inlet.FILE, "file-1", "team");

        LlmRequest plain = PARSER.json("{\"prompt\":\"x\"}", folder);
        assertThat(plain.id()).isEqualTo("file-1");
        assertThat(plain.project()).isEqualTo("team");
        assertThat(plain.inlet()).isEqualTo(Inlet.FILE);
        assertThat(PARSER.json("{\"prompt\":\"x\",\"id\":\"mine\",\"project\":\"team\"}", folder).id())
                .isEqualTo("mine");
        var problem = Some.problem(() -> PARSER.json("{\"prompt\":\"x\",\"project\":\"other\"}", folder));
        assertThat(problem.more()).containsEntry("field", "project");
        assertThat(problem.detail()).contains("\"other\"", "\"team\"");
    }

    @Test
    void aPlainTextIsThePromptAsItIs() {
        String text = "{\"prompt\":\"no\"}\n\"quoted\" \\ \t 👍";

        assertThat(PARSER.plain(text, Some.HTTP).prompt()).isEqualTo(text);
    }

    @Test
    void thePromptMayBeAsLongAsAllowedAndNotAByteLonger() {
        assertThat(PARSER.plain("x".repeat(1000), Some.HTTP).prompt()).hasSize(1000);
        assertThat(PARSER.plain("é".repeat(500), Some.HTTP).prompt()).hasSize(500);
        for (String text : List.of("x".repeat(1001), "é".repeat(501))) {
            var problem = Some.problem(() -> PARSER.plain(text, Some.HTTP));
            assertThat(problem.kind().status()).isEqualTo(413);
            assertThat(problem.detail()).contains("at most 1000 are allowed");
        }
    }

    @Test
    void theSystemPromptCountsItsUtf8BytesToo() {
        String body = "{\"prompt\":\"x\",\"system\":\"" + "é".repeat(500) + "\"}";

        assertThat(Some.problem(() -> PARSER.json(body, Some.HTTP)).kind().status()).isEqualTo(413);
    }

    @Test
    void aMisspeltPromptIsGuessed() {
        assertThat(Some.problem(() -> request("{'promt':'x'}")).detail())
                .contains("did you mean prompt by \"promt\"?");
        assertThat(Some.problem(() -> request("{'Message':'x'}")).detail()).contains("\"Message\"");
        assertThat(Some.problem(() -> request("{'id':'x'}")).detail()).doesNotContain("did you mean");
        assertThat(Some.problem(() -> request("{'prompt':' '}")).detail()).doesNotContain("did you mean");
    }

    @Test
    void metadataIsKeptUpToItsLimit() {
        String most = "x".repeat(16 * 1024 - "{\"k\":\"\"}".length());

        assertThat(request("{'prompt':'x','metadata':{'k':'" + most + "'}}").metadata()).containsEntry("k", most);
        assertThat(Some.problem(() -> request("{'prompt':'x','metadata':{'k':'" + most + "x'}}")).detail())
                .isEqualTo("metadata is an object; it must be an object of at most 16384 characters.");
    }
}
