package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The inbox: what is dropped is read whole, asked once and answered beside its name. */
class FileFlowTest {

    @TempDir
    static Path home;
    private static ConduitRig conduit;

    @BeforeAll
    static void start() throws Exception {
        conduit = ConduitRig.in(home).start();
        conduit.put("/v1/projects/team-a", "{\"defaultModel\":\"claude-haiku-5-5\"}");
    }

    @AfterAll
    static void stop() {
        conduit.close();
    }

    private static Path drop(String name, String content) throws IOException {
        Path file = home.resolve("inbox").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static JsonNode answer(String name) {
        return eventually(() -> {
            try {
                return ConduitRig.JSON.readTree(home.resolve("outbox").resolve(name + ".json").toFile());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"plain.txt", "mark.md", "UPPER.TXT", "Mixed.Md"})
    void aPromptIsTheWholeText(String file) throws Exception {
        drop(file, "# Title of " + file + "\n\nText");
        JsonNode answer = answer(file.substring(0, file.indexOf('.')));
        assertThat(answer.path("project").asText()).isEqualTo("default");
        assertThat(answer.path("result").asText()).contains("Title of");
    }

    @ParameterizedTest
    @CsvSource({"whole.json", "BIG.JSON"})
    void jsonIsTheWholeRequest(String file) throws Exception {
        drop(file, "\uFEFF{\"id\":\"own-" + file.charAt(0) + "\",\"prompt\":\"Hello\",\"model\":\"claude-opus-5-5\"}");
        JsonNode answer = answer(file.substring(0, file.indexOf('.')));
        assertThat(answer.path("id").asText()).isEqualTo("own-" + file.charAt(0));
        assertThat(answer.path("decision").path("source").asText()).isEqualTo("pinned");
    }

    @Test
    void aByteOrderMarkIsNoPartOfThePrompt() throws Exception {
        drop("bom.txt", "\uFEFFabcd");
        assertThat(answer("bom").path("usage").path("inputTokens").asInt()).isEqualTo(1);
    }

    @Test
    void theSubfolderNamesTheProjectAndTakesTheAnswer() throws Exception {
        drop("team-a/hello.md", "Hello");
        drop("team-a/both.json", "{\"prompt\":\"Hello\",\"project\":\"team-a\"}");
        assertThat(answer("team-a/hello").path("project").asText()).isEqualTo("team-a");
        assertThat(answer("team-a/both").path("project").asText()).isEqualTo("team-a");
        assertThat(home.resolve("outbox/hello.json")).doesNotExist();
    }

    @Test
    void theSameFileDroppedAgainIsAskedAgainUnderAFurtherName() throws Exception {
        long before = conduit.invocations();
        Path file = drop("again.txt", "Again");
        FileTime time = Files.getLastModifiedTime(file);
        String first = answer("again").path("id").asText();
        eventually(() -> assertThat(file).doesNotExist());
        drop("again.txt", "Again");
        String second = answer("again-2").path("id").asText();
        eventually(() -> assertThat(file).doesNotExist());
        Files.setLastModifiedTime(drop(".again.tmp", "Again"), time);
        Files.move(home.resolve("inbox/.again.tmp"), file);
        String third = answer("again-3").path("id").asText();
        assertThat(Set.of(first, second, third)).hasSize(3);
        assertThat(conduit.invocations() - before).isEqualTo(3);
    }

    @Test
    void filesOfOneNameAndOtherSuffixesHaveAnAnswerEach() throws Exception {
        for (int i = 0; i < 8; i++) {
            drop("same-" + i + ".txt", "[[sim:answer=txt]]");
            drop("same-" + i + ".md", "[[sim:answer=md]]");
            drop("same-" + i + ".json", "{\"prompt\":\"[[sim:answer=json]]\"}");
        }
        for (int i = 0; i < 8; i++) {
            Set<String> results = new HashSet<>();
            for (String name : List.of("same-" + i, "same-" + i + "-2", "same-" + i + "-3")) {
                results.add(answer(name).path("result").asText());
                assertThat(home.resolve("outbox/" + name + ".md"))
                        .hasContent(answer(name).path("result").asText());
            }
            assertThat(results).containsExactlyInAnyOrder("txt", "md", "json");
        }
    }

    @Test
    void aWriterThatPausesIsWaitedForWhileItHoldsTheFileOpen() throws Exception {
        Path file = home.resolve("inbox/slow.txt");
        try (var out = Files.newBufferedWriter(file)) {
            for (int piece = 0; piece < 5; piece++) {
                out.write("piece " + piece + " ");
                out.flush();
                assertThat(new CountDownLatch(1).await(piece == 2 ? 3_500 : 700, TimeUnit.MILLISECONDS)).isFalse();
            }
            out.write("end");
        }
        answer("slow");
        assertThat(answer("slow").path("usage").path("inputTokens").asInt())
                .isEqualTo(("piece 0 piece 1 piece 2 piece 3 piece 4 end".length() + 3) / 4);
    }

    @Test
    void twoHundredFilesAtOnceAreAnsweredOnceEach() throws Exception {
        long before = conduit.invocations();
        for (int i = 0; i < 200; i++) {
            drop("burst-" + i + ".txt", "Number [[sim:answer=number " + i + "]]");
        }
        for (int i = 0; i < 200; i++) {
            assertThat(answer("burst-" + i).path("result").asText()).isEqualTo("number " + i);
        }
        eventually(() -> {
            try (Stream<Path> left = Files.list(home.resolve("inbox"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        });
        assertThat(conduit.invocations() - before).isEqualTo(200);
        assertThat(conduit.query("select id from requests where id like 'file-%' group by id having count(*) > 1")).isEmpty();
        try (Stream<Path> answers = Files.list(home.resolve("outbox"))) {
            assertThat(answers.map(path -> path.getFileName().toString()).filter(name -> name.startsWith("burst-")
                    && name.endsWith(".json"))).hasSize(200);
        }
    }
}
