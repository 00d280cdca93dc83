package conduit.cli;

import com.sun.net.httpserver.HttpServer;
import conduit.cli.Calls.Ran;
import conduit.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the words about backups ask, and what they make of the answer. */
class BackupCommandTest {

    private static final String NAME = "backup-2026-11-21T033000.000Z.jsonl.gz";
    private static final String ONE = "{\"name\":\"" + NAME + "\",\"createdAt\":\"2026-11-21T03:30:00Z\",\"scope\":\"all\","
            + "\"bytes\":4321,\"rows\":{\"projects\":2,\"usage_tracking\":1200},\"valid\":true}";

    private HttpServer server;
    private String url;
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String answer;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v1/backups", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
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
    void createTellsTheFile() {
        answer = ONE;
        status = 201;
        Ran ran = new Calls().run("backup", "create", "--project", "shop", "--url", url);
        assertThat(ran.out()).isEqualTo(NAME + ": 1,202 rows, 4,321 bytes\n");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        assertThat(asked).last().isEqualTo("POST /v1/backups {\"project\":\"shop\"}");
        assertThat(new Calls().run("backup", "create", "--json", "--url", url).json()).isEqualTo(Json.object(ONE));
    }

    @Test
    void listTellsEachAndWhatIsWrong() {
        answer = "{\"backups\":[" + ONE + ",{\"name\":\"x.jsonl.gz\",\"bytes\":1,\"valid\":false,\"problem\":\"It is not "
                + "whole.\"}]}";
        Ran ran = new Calls().run("backup", "list", "--url", url);
        assertThat(ran.lines()).containsExactly(NAME + "  2026-11-21T03:30:00Z  all projects  1,200 usage rows  4,321 bytes",
                "x.jsonl.gz  It is not whole.");
        assertThat(ran.err()).contains("the checksum is compared by backup restore");
        answer = "{\"backups\":[]}";
        assertThat(new Calls().run("backup", "list", "--url", url).err()).contains("backup create");
    }

    @Test
    void restoreTellsEachTable() {
        answer = "{\"name\":\"" + NAME + "\",\"dryRun\":true,\"createdAt\":\"2026-11-21T03:30:00Z\",\"tables\":{\"requests\":"
                + "{\"added\":1200,\"replaced\":3,\"kept\":2,\"same\":1,\"removed\":0}}}";
        Ran ran = new Calls().run("backup", "restore", NAME, "--dry-run", "--url", url);
        assertThat(ran.lines()).element(0).asString().contains("would be merged; nothing was changed");
        assertThat(ran.lines()).element(2).asString().matches("requests +1,200 +3 +2 +1");
        assertThat(asked).last().isEqualTo("POST /v1/backups/" + NAME + "/restore {\"dryRun\":true}");
        Path home = Path.of("").toAbsolutePath();
        assertThat(new Calls().set("conduit.home", home.toString()).run("backup", "restore", home.resolve("backups")
                .resolve(NAME), "--url", url).exit()).isZero();
        assertThat(asked).last().isEqualTo("POST /v1/backups/" + NAME + "/restore {\"dryRun\":false}");
        Ran elsewhere = new Calls().run("backup", "restore", "../" + NAME, "--url", url);
        assertThat(elsewhere.err()).contains("Copy it there");
        assertThat(elsewhere.exit()).isEqualTo(2);
    }

    @Test
    void whatIsRefusedIsToldWithTheRightStatus() {
        answer = "{\"detail\":\"The backup x is not whole.\"}";
        status = 422;
        Ran ran = new Calls().run("backup", "restore", "x", "--url", url);
        assertThat(ran.err()).isEqualTo("conduit: The backup x is not whole.\n");
        assertThat(ran.exit()).isEqualTo(1);
        status = 404;
        assertThat(new Calls().run("backup", "restore", "x", "--url", url).exit()).isEqualTo(2);
        answer = "<html>";
        assertThat(new Calls().run("backup", "list", "--url", url).err()).contains("no Conduit");
    }

    /** Else a backup of one home would be made, or restored, in another. */
    @Test
    void aServerOfAnotherHomeIsNotAsked(@TempDir Path home) throws Exception {
        answer = "{\"node\":\"aaaaaaaaaaaaaaaaaaaaaaaa\",\"backups\":[]}";
        Calls calls = new Calls().set("conduit.home", home.toString())
                .set("conduit.http.port", Integer.toString(server.getAddress().getPort()));
        for (String node : new String[] {null, "bbbbbbbbbbbbbbbbbbbbbbbb"}) {
            if (node != null) {
                Files.createDirectories(home.resolve("h2-data"));
                Files.writeString(home.resolve("h2-data/node"), node);
            }
            Ran ran = calls.run("backup", "create");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).hasLineCount(1).contains(url, home.toString(), "conduit.home", "conduit.http.port", "--url");
        }
        assertThat(asked).isNotEmpty().allMatch(call -> call.startsWith("GET "));
        assertThat(calls.run("backup", "list", "--url", url).exit()).isZero();
        Files.writeString(home.resolve("h2-data/node"), "aaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(calls.run("backup", "list").exit()).isZero();
        answer = "{\"backups\":[]}";
        assertThat(calls.run("backup", "list").err()).contains("not that of");
    }

    @Test
    void whereNoServerAnswersTheDatabaseItselfIsAsked() {
        int port = server.getAddress().getPort();
        server.stop(0);
        Ran ran = new Calls().set("conduit.http.port", Integer.toString(port)).run("backup", "list");
        assertThat(ran.err()).isEqualTo("No server answers, so the database itself is asked.\n"
                + "conduit: There is no database here.\n");
        assertThat(new Calls().run("backup", "list", "--url", url).err()).contains("No server answers at " + url);
    }
}
