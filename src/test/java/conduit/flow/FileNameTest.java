package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Names of files that mean something to a shell, to Camel or to the file system are names and nothing else. */
class FileNameTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
        for (String name : names().toList()) {
            Files.writeString(file(name), "Hello [[sim:answer=from " + Integer.toHexString(name.hashCode()) + "]]");
        }
    }

    private static Path file(String name) {
        return home.resolve("inbox").resolve(name + ".txt");
    }

    @AfterAll
    static void stop() throws Exception {
        conduit.close();
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all.filter(path -> path.getFileName().toString().equals("stolen"))).isEmpty();
        }
        assertThat(Path.of("stolen")).doesNotExist();
    }

    static Stream<String> names() {
        return Stream.of("${bean:ruleBook?method=refresh}", "${file:name}", "$simple{sys.user.home}", "{{conduit.home}}",
                "$(touch stolen)", "`touch stolen`", "-rf", "--model", "; touch stolen", "a b", "a'b", "a\"b", "a\nb",
                "a\tb", "Gr\u00fc\u00dfe \u4f60\u597d \ud83d\ude80", "a%2Fb", "a..b", "con&nul|x", "#include",
                "name.with.dots", "*", "x".repeat(200));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aStrangeNameIsKeptForTheAnswer(String name) {
        eventually(() -> {
            JsonNode answer = ConduitRig.JSON.readTree(home.resolve("outbox").resolve(name + ".json").toFile());
            assertThat(answer.path("result").asText()).isEqualTo("from " + Integer.toHexString(name.hashCode()));
            assertThat(home.resolve("outbox").resolve(name + ".md")).hasContent(answer.path("result").asText());
            assertThat(file(name)).doesNotExist();
        });
    }

    /** The answer's own suffix and its draft's make a name that the file system refuses. */
    @Test
    void aNameThatLeavesNoRoomForTheAnswersIsNotTriedForEver() throws Exception {
        Path file = home.resolve("inbox").resolve("y".repeat(250) + ".txt");
        Files.writeString(file, "Hello");
        eventually(() -> {
            assertThat(file).doesNotExist();
            try (Stream<Path> answers = Stream.concat(Files.list(home.resolve("outbox")), Files.list(home.resolve("failed")))) {
                assertThat(answers.filter(path -> path.getFileName().toString().startsWith("yyy"))).isNotEmpty();
            }
        });
    }
}
