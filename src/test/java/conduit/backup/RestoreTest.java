package conduit.backup;

import conduit.backup.table.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A backup, restored into an empty ledger of either database, is every row of every table again. */
class RestoreTest {

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
            assertThat(made.rows()).doesNotContainKey("model_usage").containsEntry("projects", 1L);
            from.sql("delete from export_queue where usage_id in (select id from usage_tracking where project_id <> 'shop')");
            from.sql("delete from feedback where request_id in (select id from requests where project_id <> 'shop')");
            for (String table : List.of("usage_tracking", "reservations", "routing_decisions", "requests", "spending",
                    "usage_daily", "routing_rules")) {
                from.sql("delete from " + table + " where project_id <> 'shop'");
            }
            Map<String, List<String>> rows = to.rows();
            assertThat(from.rows()).allSatisfy((table, all) -> {
                if (!List.of("projects", "model_usage").contains(table)) {
                    assertThat(rows.get(table)).as(table).isEqualTo(all);
                }
            });
            assertThat(to.on.projects.find("lab")).isEmpty();
            assertThat(to.on.projects.find("shop").orElseThrow()).isEqualTo(from.on.projects.find("shop").orElseThrow());
        }
    }
}
