package conduit.cli;

import com.sun.net.httpserver.HttpServer;
import conduit.cli.Calls.Ran;
import conduit.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the words about the bandit ask, and what they make of an answer that a test can't easily bring about. */
class BanditCommandTest {

    private HttpServer server;
    private String url;
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v1/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatIsAskedIsEncoded() {
        new Calls().run("bandit", "repeat", "a b/c?d#e", "--url", url);
        assertThat(asked).last().isEqualTo("GET /v1/requests/a%20b%2Fc%3Fd%23e/repeat");
        new Calls().run("bandit", "evaluate", "--policy", "lambda:0.1&x=y", "--from", "2026-11-01", "--project", "\u00e9", "--url", url);
        assertThat(asked).last().isEqualTo("GET /v1/bandit/evaluation?policy=lambda%3A0.1%26x%3Dy&from=2026-11-01&project=%C3%A9");
        new Calls().run("bandit", "show", "--url", url);
        assertThat(asked).last().isEqualTo("GET /v1/models");
    }

    @Test
    void aDifferenceIsOne() {
        answer = "{\"identical\":false,\"differences\":[{\"model\":\"m\",\"field\":\"draw\",\"recorded\":0.25,\"repeated\":0.5},"
                + "{\"model\":null,\"field\":\"posteriorVersion\",\"recorded\":9,\"repeated\":7}],\"hint\":\"Because.\"}";
        Ran ran = new Calls().run("bandit", "repeat", "x", "--url", url);
        assertThat(ran.lines()).containsExactly("m: draw was 0.25, now 0.5", "posteriorVersion was 9, now 7");
        assertThat(ran.err()).isEqualTo("not identical: 2 differences. Because.\n");
        assertThat(ran.exit()).isEqualTo(1);
        Ran json = new Calls().run("bandit", "repeat", "x", "--json", "--url", url);
        assertThat(json.json()).isEqualTo(Json.object(answer));
        assertThat(json.err()).isEmpty();
        assertThat(json.exit()).isEqualTo(1);
    }

    @Test
    void anEstimateIsToldWithItsRangeAndWhatWasLeftOut() {
        answer = "{\"policy\":\"cheapest\",\"from\":\"A\",\"to\":\"B\",\"judged\":1300,\"records\":1200,\"leftOut\":20,\"unusable\":80,"
                + "\"quality\":{\"value\":0.9,\"low\":0.88,\"high\":0.925},\"costUsd\":{\"value\":0.0021,\"low\":0.002,\"high\":0.0022},"
                + "\"recordedQuality\":0.95,\"recordedCostUsd\":0.004,\"effectiveSampleSize\":310.4,\"warnings\":[\"Hm.\"],"
                + "\"cutOff\":true}";
        Ran ran = new Calls().run("bandit", "evaluate", "--policy", "cheapest", "--url", url);
        assertThat(ran.lines()).containsExactly("Policy cheapest on 1,200 judged choices from A to B",
                "  quality  90.0 % (88.0 % to 92.5 %); as recorded 95.0 %",
                "  cost     0.002100 USD a request (0.002000 to 0.002200); as recorded 0.004000",
                "The record is worth 310 choices of this policy's own.",
                "20 judged choices left out: it could have chosen nothing there.",
                "80 judged choices left out: degraded to fit into a limit, of unknown cost, or recorded by a former version.");
        assertThat(ran.err()).isEqualTo("Only the newest 1,300 were looked at.\nTake care: Hm.\n");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void whatIsRefusedIsToldWithTheRightStatus() {
        answer = "{\"detail\":\"There is no request \\\"x\\\".\"}";
        status = 404;
        assertThat(new Calls().run("bandit", "repeat", "x", "--url", url).exit()).isEqualTo(2);
        status = 503;
        Ran ran = new Calls().run("bandit", "show", "--url", url);
        assertThat(ran.err()).isEqualTo("conduit: There is no request \"x\".\n");
        assertThat(ran.exit()).isEqualTo(1);
        answer = "<html>";
        assertThat(new Calls().run("bandit", "show", "--url", url).err()).contains("no Conduit");
    }

    @Test
    void whereNoServerAnswersTheDatabaseItselfIsAsked() {
        int port = server.getAddress().getPort();
        server.stop(0);
        Ran ran = new Calls().set("conduit.http.port", Integer.toString(port)).run("bandit", "show");
        assertThat(ran.err()).isEqualTo("No server answers, so the database itself is asked.\n"
                + "conduit: There is no database here.\n");
        assertThat(ran.exit()).isEqualTo(1);
    }
}
