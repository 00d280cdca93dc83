package conduit.backup.table;

import conduit.backup.file.Sheet;
import conduit.ledger.OnEachDatabase.Databases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What backups know of the schema is the schema: a new table or sum can't be forgotten. */
class ContentTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyTableIsInABackupOrIsLeftOutForAReason(boolean h2) throws Exception {
        try (var database = Databases.fresh(h2); Connection connection = database.getConnection()) {
            List<String> known = new ArrayList<>(Content.ALL.stream().map(Content::table).toList());
            assertThat(new Schema(connection).tables()).containsAll(known).contains("nodes");
            known.addAll(Content.LEFT_OUT.keySet());
            assertThat(known).as("tables of the schema: put a new one into Content.ALL or, with a reason, LEFT_OUT")
                    .containsAll(new Schema(connection).tables());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everySumIsKeptWhenRowsAreAdded(boolean h2) throws Exception {
        try (var database = Databases.fresh(h2); Connection connection = database.getConnection()) {
            List<String> daily = new ArrayList<>(new Schema(connection).sheet("usage_daily").names());
            daily.removeAll(Content.of("usage_daily").key());
            assertThat(Sums.DAILY.keySet()).containsExactlyInAnyOrderElementsOf(daily);
            assertThat(new Schema(connection).sheet("spending").names()).containsExactlyInAnyOrder("project_id", "period",
                    "spent", "reserved");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheDatabaseComputesIsLeftOut(boolean h2) throws Exception {
        try (var database = Databases.fresh(h2); Connection connection = database.getConnection()) {
            Sheet usage = new Schema(connection).sheet("usage_tracking");
            assertThat(usage.names()).contains("id", "cost", "cost_differs").doesNotContain("total_tokens");
        }
    }
}
