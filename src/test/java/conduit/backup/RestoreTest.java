package conduit.backup;

import conduit.backup.file.BackupWriter;
import conduit.backup.file.Header;
import conduit.backup.file.Kind;
import conduit.backup.file.Sheet;
import conduit.backup.table.Counts;
import conduit.bandit.Beliefs;
import conduit.bandit.Context;
import conduit.learning.Judgement;
import conduit.ledger.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A backup, restored into an empty ledger of either database, is every row of every table again. */
class RestoreTest {

    /** What is learnt of all projects together. */
    private static final List<String> LEARNT = List.of("observations", "belief_head", "belief_log", "model_states",
            "model_usage");

    @ParameterizedTest
    @CsvSource({"true,true", "false,false", "true,false", "false,true"})
    void allRowsComeBack(boolean fromH2, boolean toH2) throws Exception {
        try (Home from = new Home(fromH2).filled(); Home to = new Home(toH2)) {
            Map<String, List<String>> rows = from.rows();
            Summary made = from.backups.create(null);
            assertThat(made.valid()).isTrue();
            assertThat(made.rows()).allSatisfy((table, count) -> assertThat(count).as(table).isEqualTo(rows.get(table).size())
                    .isPositive()).hasSameSizeAs(rows.keySet());
            Map<String, List<String>> before = to.rows();
            to.take(from, made.name());

            Restored dry = to.backups.restore(made.name(), true);
            assertThat(to.rows()).as("a dry run changes nothing").isEqualTo(before);
            Restored done = to.backups.restore(made.name(), false);

            assertThat(to.rows()).isEqualTo(rows);
            assertThat(done.tables()).isEqualTo(dry.tables());
            assertThat(done.tables().get("usage_tracking")).isEqualTo(new Counts(made.rows().get("usage_tracking"), 0, 0, 0, 0));
            assertThat(done.tables().get("projects").added()).isEqualTo(2);
            Restored again = to.backups.restore(made.name(), false);
            assertThat(to.rows()).as("a second restore changes nothing").isEqualTo(rows);
            assertThat(again.tables()).allSatisfy((table, counts) -> assertThat(counts).as(table)
                    .isEqualTo(new Counts(0, 0, 0, made.rows().get(table), 0)));
            to.answer("next", "shop", Home.NOON);
            assertThat(to.sum("select max(id) from usage_tracking")).as("numbers go on")
                    .isGreaterThan(from.sum("select max(id) from usage_tracking"));
        }
    }

    @Test
    void oneProjectComesAlone() throws Exception {
        try (Home from = new Home(true).filled(); Home to = new Home(false)) {
            Summary made = from.backups.create("shop");
            to.restore(from, made.name());
            assertThat(made.name()).contains("-shop.");
            assertThat(made.rows()).doesNotContainKeys(LEARNT.toArray(String[]::new)).containsEntry("projects", 1L);
            from.sql("delete from export_queue where usage_id in (select id from usage_tracking where project_id <> 'shop')");
            from.sql("delete from feedback where request_id in (select id from requests where project_id <> 'shop')");
            for (String table : List.of("usage_tracking", "reservations", "routing_decisions", "requests", "spending",
                    "usage_daily", "routing_rules")) {
                from.sql("delete from " + table + " where project_id <> 'shop'");
            }
            Map<String, List<String>> rows = to.rows();
            assertThat(from.rows()).allSatisfy((table, all) -> {
                if (!table.equals("projects") && !LEARNT.contains(table)) {
                    assertThat(rows.get(table)).as(table).isEqualTo(all);
                }
            });
            assertThat(to.on.projects.find("lab")).isEmpty();
            assertThat(to.on.projects.find("shop").orElseThrow()).isEqualTo(from.on.projects.find("shop").orElseThrow());
        }
    }

    /** The log comes whole to where nothing was learnt, also to a Conduit that runs there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasLearntComesToWhereNothingWas(boolean h2) throws Exception {
        try (Home from = new Home(!h2).filled(); Home to = new Home(h2)) {
            assertThat(to.on.beliefs.beliefs().version()).isZero();
            from.answer("more", "shop", Home.NOON);
            from.judge("more", "1");
            Restored done = to.restore(from, from.backups.create(null).name());
            assertThat(done.notes()).isEmpty();
            eventually(() -> assertThat(to.on.beliefs.beliefs()).isEqualTo(from.on.beliefs.beliefs()));
            assertThat(to.on.beliefs.beliefs().version()).isEqualTo(3);
            for (Home home : List.of(from, to)) {
                home.judge("more", "0.5");
                home.judge("s4", "0.25");
            }
            assertThat(to.on.beliefs.beliefs()).as("it goes on there as it would have").isEqualTo(from.on.beliefs.beliefs())
                    .isEqualTo(to.on.beliefs.at(5));
        }
    }

    /** Two logs would give a third one that nobody judged: the one that is here stays, and the restore says so. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereSomethingWasLearntThatStays(boolean h2) throws Exception {
        try (Home from = new Home(true).filled(); Home to = new Home(h2)) {
            to.answer("own", "shop", Home.NOON);
            to.judge("own", "0.75");
            Map<String, List<String>> rows = to.rows();
            Beliefs before = to.on.beliefs.beliefs();
            String name = to.take(from, from.backups.create(null).name());
            assertThat(to.backups.restore(name, true).notes()).singleElement().asString().contains("2 lines", "left out");
            Restored done = to.backups.restore(name, false);
            assertThat(done.notes()).singleElement().asString().contains("2 lines", "left out");
            assertThat(done.tables().get("belief_log")).isEqualTo(new Counts(0, 0, 2, 0, 0));
            Map<String, List<String>> now = to.rows();
            for (String table : List.of("observations", "belief_head", "belief_log", "model_states")) {
                assertThat(now.get(table)).as(table).isEqualTo(rows.get(table));
            }
            assertThat(now.get("feedback")).hasSize(3);
            to.judge("s0", "1");
            assertThat(to.on.beliefs.beliefs().version()).as("what came is judged as any other").isEqualTo(2);
            assertThat(to.on.beliefs.at(1)).isEqualTo(before);
        }
    }

    /** A backup of the tables as they were before there was a log. */
    @Test
    void aBackupFromBeforeTheLogIsRead() throws Exception {
        try (Home to = new Home(true)) {
            Path file = to.folder.resolve("old.jsonl.gz");
            try (OutputStream out = Files.newOutputStream(file)) {
                BackupWriter writer = new BackupWriter(out, new Header(Header.VERSION, Home.NOON.toInstant(), null, "5"));
                writer.table(new Sheet("model_states", List.of(new Sheet.Column("model", Kind.TEXT),
                        new Sheet.Column("alpha", Kind.BINARY))));
                writer.row(List.of("m", "1.5"));
                writer.table(new Sheet("model_lengths", List.of(new Sheet.Column("stripe", Kind.WHOLE))));
                writer.row(List.of(1L));
                writer.table(new Sheet("spending", List.of(new Sheet.Column("project_id", Kind.TEXT),
                        new Sheet.Column("period", Kind.TEXT), new Sheet.Column("spent", Kind.DECIMAL),
                        new Sheet.Column("reserved", Kind.DECIMAL))));
                writer.row(List.of("p", "2026-11-21", "1.5", "0"));
                writer.finish();
            }
            Restored done = to.backups.restore("old.jsonl.gz", false);
            assertThat(done.notes()).singleElement().asString().contains("older Conduit");
            assertThat(to.sum("select sum(spent) from spending where char_length(period) = 10")).isEqualByComparingTo("1.5");
            assertThat(to.sum("select count(*) from model_states")).isEqualByComparingTo("0");
        }
    }

    /** Whoever judges while a log comes, judges before it, and it does not come, or behind its last line. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogThatComesWhileOthersJudgeIsWholeOrNotThere(boolean h2) throws Exception {
        try (Home from = new Home(true).filled(); Home to = new Home(h2)) {
            String name = to.take(from, from.backups.create(null).name());
            Stores gated = to.gated();
            CompletableFuture<Void> judging = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 200; i++) {
                    Judgement judgement = new Judgement("j" + i, 1, "m", Context.of("general", i), "quality", 0.5, 1, true);
                    gated.transaction.executeWithoutResult(status -> gated.beliefs.judge(judgement));
                }
            });
            Restored done = to.backups.restore(name, false);
            judging.join();
            long came = done.tables().get("belief_log").added();
            assertThat(came).isIn(0L, 2L);
            assertThat(done.notes()).hasSize(came == 0 ? 1 : 0);
            assertThat(gated.beliefs.beliefs().version()).isEqualTo(200 + came);
            assertThat(gated.beliefs.beliefs()).isEqualTo(gated.beliefs.at(200 + came)).isEqualTo(to.on.beliefs.beliefs());
            assertThat(to.sum("select count(*) from observations")).isEqualByComparingTo(BigDecimal.valueOf(200 + came));
        }
    }
}
