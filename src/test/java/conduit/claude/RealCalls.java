package conduit.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.ConduitRig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls through a whole Conduit and the real CLI to a stub of the API, and what the API got. */
record RealCalls(ConduitRig conduit, MessagesStub api) {

    static final String MODEL = "claude-haiku-5-5";

    /** A Conduit that is not started yet. */
    static ConduitRig rig(Path folder, String command, MessagesStub api) throws Exception {
        Files.createDirectories(folder);
        return ConduitRig.in(folder).set("conduit.claude.command", command)
                .set("conduit.claude.env.ANTHROPIC_BASE_URL", api.url())
                .set("conduit.claude.env.ANTHROPIC_API_KEY", "sk-loopback")
                .set("conduit.claude.timeout", "60s");
    }

    /** The one request that the API got for a call. */
    JsonNode sent(String prompt, String system) {
        int before = api.received().size();
        ObjectNode body = ConduitRig.JSON.createObjectNode().put("model", MODEL).put("prompt", prompt).put("system", system);
        var reply = conduit.post("/v1/complete", body.toString());
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        List<JsonNode> asked = api.received().subList(before, api.received().size()).stream()
                .filter(each -> each.path().equals("/v1/messages")).map(MessagesStub.Received::body).toList();
        assertThat(asked).as("one request, not two").hasSize(1);
        return asked.get(0);
    }

    /** The texts of its messages. */
    static List<String> texts(JsonNode sent) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : sent.path("messages")) {
            JsonNode content = message.path("content");
            if (content.isTextual()) {
                texts.add(content.asText());
            }
            content.forEach(part -> texts.add(part.path("text").asText()));
        }
        return texts;
    }

    /** The texts of its system prompt. */
    static List<String> system(JsonNode sent) {
        List<String> texts = new ArrayList<>();
        sent.path("system").forEach(part -> texts.add(part.path("text").asText()));
        return texts;
    }

    /** Not by equality of strings: a failure would print megabytes. */
    static void assertSame(String is, String expected) {
        assertThat(is.getBytes(StandardCharsets.UTF_8).length).isEqualTo(expected.getBytes(StandardCharsets.UTF_8).length);
        assertThat(is.equals(expected)).as("byte for byte").isTrue();
    }
}
