package conduit.flow;

import conduit.ConduitRig.Reply;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes over HTTP and is no request: a problem with its status and field, and no call of the CLI. */
class BadHttpTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
    }

    @AfterAll
    static void stop() throws Exception {
        try (ConduitRig rig = conduit) {
            assertThat(rig.invocations()).as("a bad request must not run").isZero();
            assertThat(rig.post("/v1/complete", "{\"prompt\":\"Good\"}").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("conduit.flow.BadRequest#all")
    void aBadBodyIsToldByFieldAndTheNextRequestIsServed(BadRequest bad) {
        for (String path : new String[] {"/v1/complete", "/v1/route"}) {
            boolean previews = path.equals("/v1/route");
            assertProblem(conduit.post(path, bad.body()), bad.status(), bad.field(), bad.says());
            assertThat(conduit.post("/v1/route", "{\"prompt\":\"Good\"}").status()).as("after " + previews).isEqualTo(200);
        }
    }

    @Test
    void aBodyOf20MbIsRefusedBeforeItIsRead() {
        byte[] body = new byte[20 << 20];
        assertProblem(send("/v1/complete", "application/json", body), 413, "body", "are allowed");
    }

    @Test
    void bytesThatAreNotUtf8AreToldWithTheirPlace() {
        byte[] body = "{\"prompt\":\"Gr\u00fc\u00dfe\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertProblem(send("/v1/complete", "application/json", body), 400, "body", "offset 13");
    }

    @Test
    void anEmptyBodyIsNoRequest() {
        assertProblem(send("/v1/complete", "application/json", new byte[0]), 400, "body", "one JSON object");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/xml", "application/json; charset=iso-8859-1"})
    void anotherContentTypeIsRefusedByName(String type) {
        assertProblem(send("/v1/complete", type, "{\"prompt\":\"Hello\"}".getBytes(StandardCharsets.UTF_8)), 415,
                "Content-Type", "it must be");
    }

    @Test
    void aZipBombIsNotUnpacked() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[8 << 20]);
        }
        var request = conduit.request("/v1/complete").header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(zipped.toByteArray())).build();
        assertProblem(conduit.send(request), 415, "Content-Encoding", "send the body as it is");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/complete, 405", "DELETE, /v1/complete, 405", "PUT, /v1/feedback, 405", "POST, /v1/usage, 405",
            "GET, /v1/nothing, 404", "GET, /, 404", "GET, /v1/requests/..%2F..%2Fetc, 404",
            "GET, /v1/requests/%2e%2e, 404", "GET, /v1/requests/nobody, 404", "DELETE, /v1/projects/default, 404",
            "GET, /v1/projects/nowhere, 404", "GET, /v1/projects/..%2Fx, 404"})
    void otherMethodsAndPathsAreProblemsToo(String method, String path, int status) {
        Reply reply = conduit.send(conduit.request(path).method(method, BodyPublishers.noBody()).build());
        assertProblem(reply, status, null, "");
    }

    private static Reply send(String path, String type, byte[] body) {
        return conduit.send(conduit.request(path).header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)).build());
    }

    private static void assertProblem(Reply reply, int status, String field, String says) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(reply.json().path("type").asText()).startsWith("urn:conduit:problem:");
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("title").asText()).isNotBlank();
        assertThat(reply.json().path("detail").asText()).contains(says).doesNotContain(home.toString());
        if (field != null) {
            assertThat(reply.json().path("field").asText()).isEqualTo(field);
        }
    }
}
