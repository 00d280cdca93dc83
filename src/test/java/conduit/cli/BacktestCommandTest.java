package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import conduit.cli.Calls.Ran;
import conduit.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static conduit.cli.Calls.rule;
import static conduit.cli.Calls.write;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code rules backtest} asks a server, and what it makes of the answer. */
class BacktestCommandTest {

    private static final String REPORT = """
            {"from":"2026-11-14T00:00:00Z","to":"2026-11-21T00:00:00Z","requests":1234,"redecided":1100,"needText":100,
            "incomplete":0,"notCompleted":34,"ruleErrors":0,"denied":3,"leftToBandit":0,"unchanged":900,"changed":200,
            "moves":[{"from":"claude-haiku-5-5","to":"claude-opus-5-5","count":197},
            {"from":"claude-haiku-5-5","to":"denied","count":3}],
            "cost":{"recordedUsd":12.345678,"candidateUsd":15.5,"changeUsd":3.154322,"low":2.9,"high":3.4,
            "confidence":0.95,"othersUsd":1},
            "limits":[{"project":"shop","period":"2026-11-20","limitUsd":5,"hitAt":"2026-11-20T17:00:00Z",
            "requestsOver":12}],
            "changes":[{"id":"r-1","project":"shop","at":"2026-11-20T16:00:00.123Z","from":"claude-haiku-5-5",
            "to":"claude-opus-5-5","rule":"Night","reason":"nobody waits","recordedUsd":0.001,"candidateUsd":0.02}],
            "changesTotal":200,"rulesVersion":"abc","seconds":1.5,"assumption":"Same lengths."}""";

    @TempDir
    Path folder;
    private Path file;
    private HttpServer server;
    private String url;
    private volatile String asked;
    private volatile int status = 200;
    private volatile String answer = REPORT;
    private final CountDownLatch polled = new CountDownLatch(2);
    private boolean waitForPolls;

    @BeforeEach
    void serve() throws Exception {
        file = write(folder, "mine.drl", rule("Night", 1, "hour < 6", "category(\"x\")"));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
        server.createContext("/v1/rules/backtest", exchange -> {
            boolean post = exchange.getRequestMethod().equals("POST");
            if (post) {
                asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                await();
            } else {
                polled.countDown();
            }
            byte[] body = (post ? answer : "{\"running\":true,\"done\":1200,\"total\":5000}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(post ? status : 200, body.length);
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

    private void await() throws IOException {
        try {
            assertThat(!waitForPolls || polled.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theReportIsReadable() {
        Ran ran = new Calls().run("rules", "backtest", file, "--url", url);

        assertThat(ran.lines()).contains("1,234 requests from 2026-11-14T00:00:00Z to 2026-11-21T00:00:00Z",
                "         100  not decided: the rules need a text that was not kept",
                "           3      of them denied", "         197  claude-haiku-5-5 -> claude-opus-5-5",
                "   12.345678  recorded",
                "   +3.154322  change; over as much other traffic like this +2.900000 to +3.400000 (95 % sure)",
                "  project shop, 2026-11-20, limit 5.000000: at 2026-11-20T17:00:00Z, 12 requests over it",
                "The first 1 of 200 changed requests", "  2026-11-20T16:00:00Z  r-1  claude-haiku-5-5 -> "
                + "claude-opus-5-5  0.001000 -> 0.020000  by \"Night\": nobody waits", "Same lengths.");
        assertThat(ran.out()).doesNotContain("ended well", "not complete").contains("34  not decided: they did");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
    }

    @Test
    void jsonIsTheServersAnswer() {
        Ran ran = new Calls().run("rules", "backtest", "--json", file, "--url", url + "/");

        assertThat(ran.json()).isEqualTo(Json.object(REPORT));
        assertThat(Json.object(asked).has("changes")).isFalse();
    }

    @Test
    void theOptionsAndAllPartsOfAFileButItsExamplesAreSent() throws Exception {
        Files.write(folder.resolve("table.drl.xlsx"), new byte[] {'P', 'K', (byte) 0xff, 0});
        write(folder, "words.dslr", "");
        write(folder, "words.dsl", "[keyword]Regel=rule");
        write(folder, "mine.cases.csv", "hour,model");

        new Calls().run("rules", "backtest", folder, "--from", "2026-11-01", "--to", "2026-11-07", "--project", "shop",
                "--changes", "7", "--url", url);

        JsonNode body = Json.object(asked);
        assertThat(body.path("from").asText()).isEqualTo("2026-11-01");
        assertThat(body.path("to").asText()).isEqualTo("2026-11-07");
        assertThat(body.path("project").asText()).isEqualTo("shop");
        assertThat(body.path("changes").asInt()).isEqualTo(7);
        assertThat(body.path("files").findValuesAsText("file")).containsExactlyInAnyOrder("mine.drl",
                "table.drl.xlsx", "words.dsl", "words.dslr");
        for (JsonNode one : body.path("files")) {
            if (one.path("file").asText().equals("table.drl.xlsx")) {
                assertThat(Base64.getDecoder().decode(one.path("content").asText())).containsExactly('P', 'K', 0xff, 0);
            }
        }
    }

    @Test
    void progressIsOneLineThatIsWrittenOverAtATerminal() {
        waitForPolls = true;

        Ran ran = new Calls().atATerminal().run("rules", "backtest", "--json", file, "--url", url);

        assertThat(ran.err()).contains("\r\u001B[K1,200 of 5,000 requests").endsWith("\r\u001B[K").doesNotContain("\n");
        assertThat(ran.json().path("requests").asInt()).isEqualTo(1234);
    }

    @Test
    void problemsAreToldAtTheFilesThatWereNamed() {
        status = 422;
        answer = "{\"type\":\"urn:conduit:problem:bad-rules\",\"detail\":\"x\",\"problems\":[{\"file\":\"mine.drl\","
                + "\"line\":1,\"rule\":\"Night\",\"message\":\"Wrong.\",\"fix\":\"Mend it.\"}]}";

        Ran ran = new Calls().run("rules", "backtest", file, "--url", url);

        assertThat(ran.out()).isEqualTo(file + ":1 in rule \"Night\": Wrong. Mend it.\n");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(new Calls().run("rules", "backtest", "--json", file, "--url", url).json().path("problems").path(0)
                .path("file").asText()).isEqualTo(file.toString());
    }

    @Test
    void whatTheServerRefusesIsToldInItsWords() {
        status = 400;
        answer = "{\"detail\":\"from is \\\"soon\\\"; it must be a day.\"}";
        Ran wrong = new Calls().run("rules", "backtest", file, "--from", "soon", "--url", url);
        assertThat(wrong.err()).isEqualTo("conduit: from is \"soon\"; it must be a day.\n");
        assertThat(wrong.exit()).isEqualTo(2);

        status = 503;
        answer = "{\"detail\":\"Another backtest runs.\"}";
        Ran busy = new Calls().run("rules", "backtest", file, "--url", url);
        assertThat(busy.err()).isEqualTo("conduit: Another backtest runs.\n");
        assertThat(busy.exit()).isEqualTo(1);

        answer = "<html>";
        assertThat(new Calls().run("rules", "backtest", file, "--url", url).err()).contains("no Conduit", "--url");
    }

    @Test
    void whereNoServerAnswersTheDatabaseItselfIsAsked() {
        int port = server.getAddress().getPort();
        server.stop(0);
        boolean[] closed = new boolean[1];

        Ran ran = new Calls().set("conduit.http.port", Integer.toString(port)).database(() -> new Backtests() {
            @Override
            public Answer run(String json) {
                asked = json;
                return new Answer(200, REPORT);
            }

            @Override
            public Progress progress() {
                return new Progress(0, 0);
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        }).run("rules", "backtest", file);

        assertThat(ran.out()).startsWith("1,234 requests");
        assertThat(Json.object(asked).path("files").path(0).path("file").asText()).isEqualTo("mine.drl");
        assertThat(ran.err()).isEqualTo("No server answers, so the database itself is asked.\n");
        assertThat(closed[0]).isTrue();
        Ran named = new Calls().run("rules", "backtest", file, "--url", url);
        assertThat(named.err()).contains("No server answers at " + url).hasLineCount(1);
        assertThat(named.exit()).isEqualTo(1);
    }
}
