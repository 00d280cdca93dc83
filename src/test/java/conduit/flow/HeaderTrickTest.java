package conduit.flow;

import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import conduit.QueueClient;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static conduit.QueueClient.REPLIES;
import static org.assertj.core.api.Assertions.assertThat;

/** Names that mean something to Camel, sent by strangers: they run nothing, name nothing and come back nowhere. */
class HeaderTrickTest {

    @TempDir
    static Path home;
    @TempDir
    static Path outside;
    private static ConduitRig conduit;
    private static QueueClient client;
    private static Path trace;
    private static Map<String, String> tricks;
    private long before;

    @BeforeAll
    static void start() throws Exception {
        trace = outside.resolve("the-canary-ran");
        Path canary = outside.resolve("canary");
        Files.writeString(canary, "#!/bin/sh\ntouch " + trace + "\n");
        Files.setPosixFilePermissions(canary, PosixFilePermissions.fromString("rwxr-xr-x"));
        tricks = new TreeMap<>(Map.ofEntries(
                Map.entry("CamelExecCommandExecutable", canary.toString()),
                Map.entry("CamelExecCommandArgs", "--model stolen"),
                Map.entry("CamelExecCommandWorkingDir", outside.toString()),
                Map.entry("CamelExecCommandTimeout", "1"),
                Map.entry("CamelExecExitValue", "77"),
                Map.entry("CamelFileName", "../../stolen.txt"),
                Map.entry("CamelFilePath", outside.resolve("stolen.txt").toString()),
                Map.entry("CamelHttpResponseCode", "418"),
                Map.entry("CamelHttpQuery", "stolen=1"),
                Map.entry("CamelHttpUri", "http://127.0.0.1:1/stolen"),
                Map.entry("CamelJmsDestinationName", "stolen"),
                Map.entry("CamelJdbcParameters", "stolen"),
                Map.entry("CamelSqlQuery", "drop table requests"),
                Map.entry("CamelBeanMethodName", "toString")));
        conduit = ConduitRig.in(home).start();
        client = new QueueClient(conduit.brokerUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        conduit.close();
    }

    @BeforeEach
    void count() throws Exception {
        before = conduit.invocations();
    }

    @AfterEach
    void nothingButTheSimulatorRan() throws Exception {
        assertThat(trace).as("the canary").doesNotExist();
        assertThat(outside.resolve("stolen.txt")).doesNotExist();
        assertThat(home.resolve("../stolen.txt")).doesNotExist();
        assertThat(conduit.invocations() - before).as("calls of the CLI").isEqualTo(1);
        var last = conduit.simulatorLog();
        assertThat(last.get(last.size() - 1).path("model").asText()).isEqualTo("claude-haiku-5-5");
    }

    static Stream<String> spellings() {
        return Stream.of("CamelExecCommandExecutable", "camelexeccommandexecutable", "CAMELEXECCOMMANDEXECUTABLE",
                "CAmelExecCommandExecutable", "cAMELeXECcOMMANDeXECUTABLE");
    }

    /** Every trick in the letter case of one spelling. */
    private static Map<String, String> spelt(String like) {
        Map<String, String> spelt = new TreeMap<>();
        tricks.forEach((name, value) -> spelt.put(like.equals(like.toLowerCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT)
                : like.equals(like.toUpperCase(Locale.ROOT)) ? name.toUpperCase(Locale.ROOT)
                : like.startsWith("CA") ? "CA" + name.substring(2) : like.startsWith("cA") ? "cAMEL" + name.substring(5)
                : name, value));
        return spelt;
    }

    private static String body(String more) {
        return "{\"prompt\":\"Hello\",\"model\":\"claude-haiku-5-5\"" + more + "}";
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void httpHeadersDoNothing(String like) {
        var request = conduit.request("/v1/complete").header("Content-Type", "application/json");
        spelt(like).forEach(request::header);
        assertUntouched(conduit.send(request.POST(BodyPublishers.ofString(body(""))).build()));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void queryParametersDoNothing(String like) {
        String query = String.join("&", spelt(like).entrySet().stream().map(e -> e.getKey() + "="
                + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).toList());
        assertUntouched(conduit.post("/v1/complete?" + query, body("")));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void formFieldsAreNotEvenRead(String like) {
        String form = String.join("&", spelt(like).entrySet().stream().map(e -> e.getKey() + "="
                + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).toList());
        Reply refused = conduit.send(conduit.request("/v1/complete").header("Content-Type",
                "application/x-www-form-urlencoded").POST(BodyPublishers.ofString("prompt=Hello&" + form)).build());
        assertThat(refused.status()).isEqualTo(415);
        assertNotEchoed(refused);
        assertUntouched(conduit.post("/v1/complete", body("")));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void membersOfTheBodyDoNothing(String like) throws Exception {
        String members = ConduitRig.JSON.writeValueAsString(spelt(like));
        assertUntouched(conduit.post("/v1/complete",
                body("," + members.substring(1, members.length() - 1) + ",\"metadata\":" + members)));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void jmsPropertiesDoNothing(String like) throws Exception {
        TextMessage message = client.session().createTextMessage(body(""));
        for (var trick : spelt(like).entrySet()) {
            message.setStringProperty(trick.getKey(), trick.getValue());
        }
        message.setJMSCorrelationID(like);
        client.send(message);
        assertCleanReply(client.receive(REPLIES, like));
        assertThat(client.glance(client.session().createQueue("stolen"), like)).isNull();
    }

    @Test
    void anAnswerToTheRequestQueueIsNoRequest() throws Exception {
        client.send(body(""), "loop", client.session().createQueue(QueueClient.REQUESTS));
        TextMessage failed = client.receive(QueueClient.FAILED, "loop");
        assertThat(QueueClient.json(failed).path("field").asText()).isEqualTo("JMSReplyTo");
        assertThat(QueueClient.json(failed).path("original").asText()).contains("Hello");
        client.send(body(""), "after-loop", null);
        assertCleanReply(client.receive(REPLIES, "after-loop"));
        assertThat(client.waiting(QueueClient.REQUESTS)).isZero();
    }

    @Test
    void aReplyCarriesNothingOfItsRequestButTheCorrelation() throws Exception {
        TemporaryQueue replies = client.session().createTemporaryQueue();
        TextMessage message = client.session().createTextMessage(body(""));
        message.setStringProperty("JMSXGroupID", "stolen");
        message.setStringProperty("breadcrumbId", "stolen");
        message.setStringProperty("Authorization", "stolen");
        message.setJMSType("stolen");
        message.setJMSCorrelationID("kept");
        message.setJMSReplyTo(replies);
        client.send(message);
        TextMessage reply = client.receive(replies, "kept");
        assertCleanReply(reply);
        assertThat(reply.getJMSType()).isNull();
    }

    private static void assertUntouched(Reply reply) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(reply.json().path("model").asText()).isEqualTo("claude-haiku-5-5");
        assertNotEchoed(reply);
    }

    private static void assertNotEchoed(Reply reply) {
        assertThat(reply.response().headers().map().keySet()).isSubsetOf("content-type", "content-length",
                "transfer-encoding");
        assertThat(reply.response().body()).doesNotContain("stolen", outside.toString());
    }

    private static void assertCleanReply(Message reply) throws Exception {
        assertThat(reply).isNotNull();
        List<?> names = Collections.list(reply.getPropertyNames());
        for (Object name : names) {
            assertThat(name.toString().toLowerCase(Locale.ROOT)).doesNotContain("camel");
            assertThat(String.valueOf(reply.getObjectProperty(name.toString()))).doesNotContain("stolen",
                    outside.toString());
        }
        assertThat(((TextMessage) reply).getText()).contains("\"completed\"").doesNotContain("stolen");
    }
}
