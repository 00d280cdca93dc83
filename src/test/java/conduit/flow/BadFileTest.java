package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Files that are no request: the original lies whole in failed/ beside its problem, and the inbox goes on. */
class BadFileTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;
    private static final Map<String, BadFile> FILES = new LinkedHashMap<>();

    /** A file, and the problem that it must get. */
    record BadFile(String name, byte[] content, int status, String field, String says) {
        @Override
        public String toString() {
            return name;
        }

        private Path error() {
            String file = Path.of(name).getFileName().toString();
            int dot = file.lastIndexOf('.');
            return home.resolve("failed").resolve(name)
                    .resolveSibling((dot > 0 ? file.substring(0, dot) : file) + ".error.json");
        }
    }

    static Stream<BadFile> files() throws IOException {
        byte[] latin = "Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
        Stream<BadFile> raw = Stream.of(
                new BadFile("without-suffix", "Hello".getBytes(StandardCharsets.UTF_8), 415, "file", ".json"),
                new BadFile("word.docx", "Hello".getBytes(StandardCharsets.UTF_8), 415, "file", ".json"),
                new BadFile("bomb.json.gz", bomb(), 415, "file", ".json"),
                new BadFile("bomb.zip", bomb(), 415, "file", ".json"),
                new BadFile("bomb-in-disguise.json", bomb(), 400, "body", "UTF-8"),
                new BadFile("empty.txt", new byte[0], 400, "file", "is empty"),
                new BadFile("empty.json", new byte[0], 400, "file", "is empty"),
                new BadFile("blank.md", " \n\t".getBytes(StandardCharsets.UTF_8), 400, "file", "is empty"),
                new BadFile("only-a-mark.txt", new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 400, "file", "is empty"),
                new BadFile("latin.txt", latin, 400, "body", "offset 2"),
                new BadFile("nul.txt", new byte[] {'a', 0, 'b'}, 400, "prompt", "NUL"),
                new BadFile("large.txt", new byte[20 << 20], 413, "file", "are allowed"),
                new BadFile("large.json", new byte[20 << 20], 413, "file", "are allowed"),
                new BadFile("nowhere/hello.txt", "Hello".getBytes(StandardCharsets.UTF_8), 404, "project",
                        "There is no project"),
                new BadFile("default/two.json", "{\"prompt\":\"a\",\"project\":\"other\"}".getBytes(StandardCharsets.UTF_8),
                        400, "project", "Name one of them"),
                new BadFile("default/deep/er.txt", "Hello".getBytes(StandardCharsets.UTF_8), 400, "project",
                        "directly in the inbox"),
                new BadFile("no project/x.txt", "Hello".getBytes(StandardCharsets.UTF_8), 400, "project", "letters"));
        return Stream.concat(raw, BadRequest.all().map(bad -> new BadFile(bad.key() + ".json",
                bad.body().getBytes(StandardCharsets.UTF_8), bad.status(), bad.field(), bad.says())));
    }

    private static byte[] bomb() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[64 << 20]);
        }
        return zipped.toByteArray();
    }

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
        for (BadFile file : files().toList()) {
            Path path = home.resolve("inbox").resolve(file.name());
            Files.createDirectories(path.getParent());
            Files.write(path, file.content());
            FILES.put(file.name(), file);
        }
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aBadFileIsKeptWholeBesideItsProblem(BadFile file) {
        eventually(() -> {
            assertThat(home.resolve("inbox").resolve(file.name())).doesNotExist();
            assertThat(home.resolve("failed").resolve(file.name())).hasBinaryContent(file.content());
        });
        eventually(() -> {
            JsonNode problem = ConduitRig.JSON.readTree(file.error().toFile());
            assertThat(problem.path("type").asText()).startsWith("urn:conduit:problem:");
            assertThat(problem.path("status").asInt()).as(problem.toString()).isEqualTo(file.status());
            assertThat(problem.path("field").asText()).isEqualTo(file.field());
            assertThat(problem.path("detail").asText()).contains(file.says());
        });
    }

    @Test
    void goodFilesAreAnsweredAmongTheBadOnesAndNoBadOneRuns() throws Exception {
        Files.writeString(home.resolve("inbox/good.txt"), "A good question");
        eventually(() -> assertThat(home.resolve("outbox/good.md")).content().contains("A good question"));
        assertThat(conduit.invocations()).isEqualTo(1);
        eventually(() -> assertThat(conduit.query("select id from requests where state = 'completed'")).hasSize(1));
    }
}
