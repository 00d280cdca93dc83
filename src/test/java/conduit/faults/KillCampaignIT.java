package conduit.faults;

import conduit.export.UsageExport;
import conduit.ledger.OneAtATime;
import conduit.ledger.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Killed with kill -9 at random moments while files, calls and messages come in: the ledger and the simulator's own log
 * agree on every run and every millionth of a dollar, and every sender has one answer; some follow theirs and go away, and
 * every other time, by chance, processes wait for calls. {@code -Dkills=100 -Dkill.seed=7 -Dkill.database=H2} makes it
 * longer or repeats one.
 */
class KillCampaignIT {

    private static final long SEED = Long.getLong("kill.seed", 20261121);
    private static final String KEPT = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    private static int kills(String database, int usual) {
        assertThat(System.getProperty("kill.database", database)).as("kill.database").isIn("H2", "PostgreSQL");
        assumeTrue(System.getProperty("kill.database", database).equals(database), "the other database is asked for");
        return Integer.getInteger("kills", usual);
    }

    @Test
    void onH2NothingIsLostOrCountedTwice() throws Exception {
        int kills = kills("H2", 4);
        String url = "jdbc:h2:file:" + home.resolve("h2-data/conduit") + KEPT;
        try (ConduitProcess conduit = ConduitProcess.in(home)) {
            campaign(conduit, kills, url, "conduit");
        }
    }

    @Test
    void onPostgresNothingIsLostOrCountedTwice() throws Exception {
        int kills = kills("PostgreSQL", 3);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start(); ConduitProcess conduit = ConduitProcess.in(home)) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            conduit.set("conduit.db.url", url).set("conduit.db.user", "postgres");
            campaign(conduit, kills, url, "postgres");
        }
    }

    private void campaign(ConduitProcess conduit, int kills, String url, String user) throws Exception {
        String told;
        Audit audit;
        try (Campaign campaign = new Campaign(conduit, home, SEED)) {
            campaign.killAndRestart(kills);
            campaign.settleDown();
            conduit.terminate();
            conduit.awaitEnd();
            try (var source = Database.open(url, user, "", "claude-sonnet-5-5"); Books books = new Books(url, user)) {
                UsageExport tomorrow = new UsageExport(JdbcClient.create(source), home.resolve("exports"),
                        Clock.offset(Clock.systemUTC(), Duration.ofDays(1)),
                        new OneAtATime(OneAtATime.Work.EXPORT, null));
                tomorrow.export("daily");
                tomorrow.export("hourly");
                SimulatorLog log = SimulatorLog.read(home.resolve("simulator.log"));
                audit = new Audit(books, log);
                campaign.answers(audit, books.requests());
                audit.runs(campaign.jobs());
                audit.sums();
                audit.exports(home.resolve("exports"));
                told = campaign.summary(books, log);
            }
        }
        System.out.println(told);
        assertThat(audit.differences()).as("-Dkills=%d -Dkill.seed=%d, home %s: %s", kills, SEED, home, told).isEmpty();
    }
}
