package conduit.flow;

import conduit.ConduitRig;
import conduit.QueueClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Route files follow their editor while Conduit runs, and a mistake in one takes no inlet away. */
class RouteReloadTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static QueueClient client;
    private int number;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
        client = new QueueClient(conduit.brokerUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        conduit.close();
    }

    private static Path file(String name) {
        return home.resolve("routes").resolve(name);
    }

    /** Asks through each inlet; a file that is good again is loaded anew, which takes its routes away for a moment. */
    @AfterEach
    void everyInletServes() throws Exception {
        String name = "after-" + System.nanoTime();
        eventually(() -> assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Hi\"}").status()).isEqualTo(200));
        Files.writeString(home.resolve("inbox").resolve(name + ".txt"), "Hi");
        eventually(() -> assertThat(home.resolve("outbox").resolve(name + ".json")).exists());
        client.send("{\"prompt\":\"Hi\"}", name, null);
        assertThat(client.receive(QueueClient.REPLIES, name)).isNotNull();
        eventually(() -> assertThat(conduit.management("/observe/health")).contains("\"UP\"").doesNotContain("\"DOWN\""));
    }

    @Test
    void anEditedRouteServes() throws Exception {
        Path file = file("11-intake-http.camel.yaml");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("platform-http:/v1/route\n", "platform-http:/v1/edited\n"));
        eventually(() -> assertThat(conduit.post("/v1/edited", "{\"prompt\":\"Hi\"}").status()).isEqualTo(200));
        Files.writeString(file, good);
        eventually(() -> assertThat(conduit.post("/v1/route", "{\"prompt\":\"Hi\"}").status()).isEqualTo(200));
    }

    @Test
    void aNewFileServesAndItsDeletionEndsItsRoutes() throws Exception {
        Path file = file("95-hello.camel.yaml");
        Files.writeString(file, """
                - route:
                    id: hello
                    description: Says hello
                    from:
                      uri: platform-http:/v1/hello
                      steps:
                        - setBody: {constant: '{"hello": true}'}
                """);
        eventually(() -> assertThat(conduit.get("/v1/hello").status()).isEqualTo(200));
        Files.delete(file);
        eventually(() -> assertThat(conduit.get("/v1/hello").status()).isEqualTo(404));
    }

    @Test
    void aFileThatIsNoYamlIsNamedByHealthAndEveryInletGoesOn() throws Exception {
        breakAndMend("11-intake-http.camel.yaml", "- route:\n    id: [broken\n");
    }

    @Test
    void aFileWithAnUnknownStepIsNamedByHealthAndEveryInletGoesOn() throws Exception {
        String good = Files.readString(file("20-route-request.camel.yaml"));
        breakAndMend("20-route-request.camel.yaml", good.replace("- to: direct:call-claude", "- too: direct:call-claude"));
    }

    /** Its own route can't start; the messages wait in the queue until it is mended. */
    @Test
    void aFileWithAnUnknownBeanIsNamedByHealthAndTheOtherInletsGoOn() throws Exception {
        Path file = file("12-intake-jms.camel.yaml");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("ref: queue", "ref: nobody"));
        eventually(() -> assertThat(conduit.management("/observe/health")).contains("12-intake-jms.camel.yaml"));
        assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Meanwhile\"}").status()).isEqualTo(200);
        Files.writeString(file, good);
        eventually(() -> assertThat(conduit.management("/observe/health")).doesNotContain("12-intake-jms.camel.yaml"));
    }

    private void breakAndMend(String name, String broken) throws Exception {
        Path file = file(name);
        String good = Files.readString(file);
        Files.writeString(file, broken);
        try {
            eventually(() -> assertThat(conduit.management("/observe/health")).contains(name));
            assertThat(conduit.post("/v1/complete", "{\"prompt\":\"Meanwhile\"}").status()).isEqualTo(200);
            String text = "meanwhile-" + ++number + name.charAt(0) + name.charAt(1);
            Files.writeString(home.resolve("inbox").resolve(text + ".txt"), "Hi");
            eventually(() -> assertThat(home.resolve("outbox").resolve(text + ".json")).exists());
            client.send("{\"prompt\":\"Hi\"}", text, null);
            assertThat(client.receive(QueueClient.REPLIES, text)).as("the queue's answer").isNotNull();
        } finally {
            Files.writeString(file, good);
        }
        eventually(() -> assertThat(conduit.management("/observe/health")).doesNotContain(name));
    }
}
