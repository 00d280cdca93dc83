package conduit.retention;

import conduit.Some;
import conduit.claude.Spool;
import conduit.ledger.Desk;
import conduit.ledger.OnEachDatabase;
import conduit.ledger.Stores;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.routing.Routed;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards against texts that are kept too long or dropped too early, and against a sender who then waits for ever. */
class TextsTest {

    private static final ZonedDateTime OLD = ZonedDateTime.parse("2020-05-01T00:00:00Z");

    @TempDir
    Path home;

    private static Routed asked(String id, ZonedDateTime at) {
        Routed routed = Stores.routed(id, "texts", "1", at);
        var project = new conduit.project.ProjectParser(Some.CATALOGUE).parse("texts",
                "{\"defaultModel\":\"claude-haiku-5-5\",\"storePrompts\":true}");
        return new Routed(routed.request(), project, routed.model(), routed.decision(), routed.estimate(),
                routed.cheaper(), at);
    }

    private static long kept(Stores on, String column) {
        return on.sum("select count(" + column + ") from requests where project_id = 'texts' and created_at < "
                + "timestamp with time zone '2021-01-01 00:00:00+00'").longValue();
    }

    @OnEachDatabase
    void textsPastTheirTimeGoAndAnswersThatAreGoneAreTold(Stores on) throws Exception {
        Texts texts = new Texts(on.jdbc);
        for (int i = 0; i < 1_010; i++) {
            on.jdbc.sql("insert into requests (id, run, project_id, state, inlet, fingerprint, prompt, metadata, node, "
                    + "created_at, updated_at) values (?, 1, 'texts', 'failed', 'http', 'x', 'old', '{}', 'n', ?, ?)")
                    .params("bulk" + i, OLD.toOffsetDateTime(), OLD.toOffsetDateTime()).update();
        }
        Routed done = asked("texts-done", OLD);
        on.settle(Stores.answered(on.accept(done), 3));
        on.accept(asked("texts-open", OLD));
        on.settle(Stores.answered(on.accept(asked("texts-late", OLD.plusDays(1))), 3));

        assertThat(texts.dropPrompts(OLD.toInstant())).as("that moment itself is not before it").isZero();
        assertThat(texts.dropPrompts(OLD.plusHours(1).toInstant())).isEqualTo(1_011);
        assertThat(texts.dropPrompts(OLD.plusHours(1).toInstant())).isZero();
        assertThat(kept(on, "prompt")).as("the open one's and the later one's").isEqualTo(2);
        assertThat(kept(on, "answer")).isEqualTo(2);
        assertThat(texts.dropAnswers(OLD.plusHours(1).toInstant())).isEqualTo(1);
        assertThat(kept(on, "answer")).isEqualTo(1);

        Problem problem = Some.problem(() -> new Desk(on.requests, Duration.ofSeconds(1)).admit(done.request()));
        assertThat(problem.kind()).isEqualTo(Kind.ANSWER_GONE);
        assertThat(problem.toMap().get("detail").toString()).contains("texts-done", "2020-05-01").contains("another id");
        assertThat(on.requests.decision("texts-done", 1)).isPresent();
    }

    @OnEachDatabase
    void foldersOfEndedRunsGoWhenTheyAreOldThoseOfOpenRunsStay(Stores on) throws IOException {
        on.accept(asked("spool-open", OLD.plusYears(2)));
        Spool spool = new Spool(home);
        folder("spool-open~1", "2026-01-01T00:00:00Z");
        folder("ended~1", "2026-01-01T00:00:00Z");
        folder("young~1", "2026-01-08T00:00:00Z");
        new Folders(spool).remove(new Texts(on.jdbc).openRuns(), Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(spool.keys()).containsExactlyInAnyOrder("spool-open~1", "young~1");
    }

    private void folder(String key, String changed) throws IOException {
        Path folder = Files.createDirectories(home.resolve(key));
        Files.writeString(folder.resolve("stdout"), "{}");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.parse(changed)));
    }
}
