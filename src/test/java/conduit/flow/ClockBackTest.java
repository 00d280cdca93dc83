package conduit.flow;

import conduit.ConduitRig;
import conduit.SettableClock;
import conduit.export.UsageExport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The machine's clock is put back: no row is exported twice or left out, and no day's money is forgotten. */
class ClockBackTest {

    private static final String NEVER = "0 0 0 1 1 ? 2099";

    @TempDir
    Path home;
    private final SettableClock clock = new SettableClock("2026-11-21T10:30:00Z");
    private ConduitRig conduit;

    @BeforeEach
    void start() throws Exception {
        conduit = ConduitRig.in(home).set("conduit.export.daily.cron", NEVER).set("conduit.export.hourly.cron", NEVER).start(clock);
    }

    @AfterEach
    void stop() {
        conduit.close();
    }

    private int ask(String moment, String id) {
        clock.set(moment);
        int status = conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"prompt\":\"Hi [[sim:cache-1h=1000]]\","
                + "\"model\":\"claude-haiku-5-5\"}").status();
        eventually(() -> assertThat(conduit.query("select * from reservations where state = 'held'")).isEmpty());
        return status;
    }

    private BigDecimal spent(String period) {
        return conduit.query("select spent from spending where period = '" + period + "'").stream()
                .map(row -> (BigDecimal) row.get("spent")).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<String> exported() throws Exception {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(home.resolve("exports"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    ids.add(ConduitRig.JSON.readTree(line).path("request_id").asText());
                }
            }
        }
        return ids;
    }

    @Test
    void eachRowIsExportedOnceAndCountsForTheDayThatTheClockSaid() throws Exception {
        UsageExport export = conduit.context().getRegistry().lookupByNameAndType("export", UsageExport.class);
        assertThat(ask("2026-11-21T10:30:00Z", "first")).isEqualTo(200);
        BigDecimal one = spent("2026-11-21");
        assertThat(one).isPositive();
        clock.set("2026-11-21T11:05:00Z");
        export.export("hourly");
        assertThat(ask("2026-11-21T10:10:00Z", "back")).isEqualTo(200);
        export.export("hourly");
        assertThat(ask("2026-11-20T23:59:00Z", "yesterday")).isEqualTo(200);
        assertThat(ask("2026-11-21T10:30:00Z", "first")).as("answered before").isEqualTo(200);
        clock.set("2026-11-21T12:05:00Z");
        export.export("hourly");
        assertThat(exported()).containsExactlyInAnyOrder("first", "back", "yesterday");
        assertThat(conduit.query("select * from export_queue where kind = 'hourly'")).isEmpty();
        assertThat(spent("2026-11-21")).isEqualByComparingTo(one.add(one));
        assertThat(spent("2026-11-20")).isEqualByComparingTo(one);
        assertThat(spent("2026-11")).isEqualByComparingTo(one.multiply(new BigDecimal(3)));
    }

    @Test
    void aLimitThatWasReachedHoldsWhenTheDayComesAgain() {
        assertThat(ask("2026-11-21T10:30:00Z", "first")).isEqualTo(200);
        String limit = spent("2026-11-21").add(new BigDecimal("0.0001")).toPlainString();
        assertThat(conduit.put("/v1/projects/default", "{\"defaultModel\":\"claude-haiku-5-5\",\"costLimits\":{\"daily\":" + limit
                + "}}").status()).isEqualTo(200);
        assertThat(ask("2026-11-21T10:40:00Z", "blocked")).isEqualTo(429);
        clock.set("2026-11-20T10:40:00Z");
        assertThat(conduit.get("/v1/usage").status()).isEqualTo(200);
        assertThat(ask("2026-11-21T10:41:00Z", "blocked")).as("the day's money is still spent").isEqualTo(429);
    }

    @Test
    void aRunThatACrashLeftIsEndedWhateverTheClockSays() {
        assertThat(ask("2026-11-21T10:30:00Z", "first")).isEqualTo(200);
        conduit.stop();
        conduit.update("update requests set state = 'accepted', answer = null where id = 'first'");
        conduit.update("update reservations set state = 'held' where request_id = 'first'");
        conduit.update("update spending set reserved = reserved + (select amount from reservations where request_id = 'first')");
        clock.set("2026-11-19T08:00:00Z");
        conduit.start(clock);
        eventually(() -> assertThat(conduit.query("select * from reservations where state = 'held'")).isEmpty());
        assertThat(conduit.query("select * from spending where reserved <> 0")).isEmpty();
    }
}
