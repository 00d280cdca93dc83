package conduit.flow;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import conduit.SettableClock;
import conduit.export.UsageExport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Exports: each usage row stands in exactly one file of each kind, whatever interrupts. */
class ExportTest {

    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String HEADER = "id,request_id,project_id,agent_id,session_id,model,input_tokens,output_tokens,"
            + "cache_read_tokens,cache_write_tokens,cache_write_1h_tokens,total_tokens,cost,estimated,cost_currency,"
            + "routing_source,routing_reason,latency_ms,metadata,created_at";

    @TempDir
    Path home;
    private final SettableClock clock = new SettableClock("2026-11-20T10:00:00Z");
    private ConduitRig conduit;
    private int asked;

    @BeforeEach
    void start() throws Exception {
        conduit = ConduitRig.in(home).set("conduit.export.daily.cron", NEVER).set("conduit.export.hourly.cron", NEVER)
                .start(clock);
    }

    @AfterEach
    void stop() {
        conduit.close();
    }

    private void ask(String moment) {
        clock.set(moment);
        String id = "x" + ++asked;
        assertThat(conduit.post("/v1/complete", "{\"id\":\"" + id + "\",\"prompt\":\"Hi\",\"model\":\"claude-haiku-5-5\","
                + "\"agent\":{\"id\":\"=1+1\"},\"session\":\"a \\\"quoted\\\", text\",\"metadata\":{\"k\":[1,\"x\"]}}")
                .status()).isEqualTo(200);
        eventually(() -> assertThat(conduit.query("select * from export_queue q join usage_tracking u on u.id = q.usage_id "
                + "where u.request_id = '" + id + "'")).hasSize(2));
    }

    private List<String> export(String kind) {
        return conduit.context().getRegistry().lookupByNameAndType("export", UsageExport.class).export(kind);
    }

    /** The request ids in each file of a kind, by file name. */
    private Map<String, List<String>> exported(String suffix) throws IOException {
        Map<String, List<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(home.resolve("exports"))) {
            for (Path file : all.filter(f -> f.toString().endsWith(suffix)).toList()) {
                List<String> ids = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    if (!line.equals(HEADER)) {
                        ids.add(suffix.equals(".csv") ? line.split(",")[1]
                                : ConduitRig.JSON.readTree(line).path("request_id").asText());
                    }
                }
                files.put(file.getFileName().toString(), ids);
            }
        }
        return files;
    }

    @Test
    void eachRowIsInTheFileOfItsDayAndHourOnceAlsoAcrossARestart() throws Exception {
        ask("2026-11-20T10:00:00Z");
        ask("2026-11-20T10:59:59.999Z");
        ask("2026-11-20T11:00:00Z");
        clock.set("2026-11-20T11:30:00Z");
        assertThat(export("hourly")).containsExactly("usage-2026-11-20T10.jsonl");
        assertThat(export("daily")).isEmpty();
        ask("2026-11-20T23:59:59.999Z");
        conduit.stop();
        conduit.start(clock);
        ask("2026-11-21T00:00:00Z");
        ask("2026-11-23T05:00:00Z");
        export("hourly");
        export("daily");
        clock.set("2026-11-24T00:05:00Z");
        for (int again = 0; again < 2; again++) {
            export("hourly");
            export("daily");
            assertThat(exported(".csv")).isEqualTo(Map.of("usage-2026-11-20.csv", List.of("x1", "x2", "x3", "x4"),
                    "usage-2026-11-21.csv", List.of("x5"), "usage-2026-11-23.csv", List.of("x6")));
            assertThat(exported(".jsonl")).isEqualTo(Map.of("usage-2026-11-20T10.jsonl", List.of("x1", "x2"),
                    "usage-2026-11-20T11.jsonl", List.of("x3"), "usage-2026-11-20T23.jsonl", List.of("x4"),
                    "usage-2026-11-21T00.jsonl", List.of("x5"), "usage-2026-11-23T05.jsonl", List.of("x6")));
        }
        assertThat(conduit.query("select * from export_queue")).isEmpty();
    }

    @Test
    void aRowHasEveryColumnWithItsValue() throws Exception {
        ask("2026-11-20T10:00:00Z");
        clock.set("2026-11-21T00:05:00Z");
        export("daily");
        export("hourly");
        List<String> csv = Files.readAllLines(home.resolve("exports/usage-2026-11-20.csv"));
        assertThat(csv.get(0)).isEqualTo(HEADER);
        assertThat(csv.get(1)).contains(",default,'=1+1,\"a \"\"quoted\"\", text\",claude-haiku-5-5,")
                .contains("\"{\"\"k\"\":[1,\"\"x\"\"]}\"").contains("2026-11-20T10:00:00Z");
        JsonNode json = ConduitRig.JSON.readTree(Files.readString(home.resolve("exports/usage-2026-11-20T10.jsonl")));
        Map<String, Object> row = conduit.query("select * from usage_tracking").get(0);
        assertThat(json.fieldNames()).toIterable().containsExactly(HEADER.split(","));
        assertThat(json.path("agent_id").asText()).isEqualTo("=1+1");
        assertThat(json.path("metadata").path("k").path(1).asText()).isEqualTo("x");
        assertThat(new BigDecimal(json.path("cost").asText())).isEqualByComparingTo((BigDecimal) row.get("cost"));
        assertThat(json.path("total_tokens").asLong()).isEqualTo(row.get("total_tokens"));
    }

    @Test
    void aPromiseThatACrashLeftIsKept() throws Exception {
        ask("2026-11-20T10:00:00Z");
        ask("2026-11-20T10:30:00Z");
        conduit.update("update export_queue set file = 'usage-2026-11-20T10.jsonl' where kind = 'hourly'");
        Files.writeString(home.resolve("exports/.usage-2026-11-20T10.jsonl.tmp"), "half a li");
        clock.set("2026-11-20T11:05:00Z");
        export("hourly");
        assertThat(exported(".jsonl")).isEqualTo(Map.of("usage-2026-11-20T10.jsonl", List.of("x1", "x2")));
        assertThat(home.resolve("exports/.usage-2026-11-20T10.jsonl.tmp")).doesNotExist();
    }

    @Test
    void aFileThatWasWrittenBeforeACrashIsNotWrittenUnderAnotherNameToo() throws Exception {
        ask("2026-11-20T10:00:00Z");
        ask("2026-11-20T10:30:00Z");
        conduit.update("create table saved as select * from export_queue");
        clock.set("2026-11-21T00:05:00Z");
        export("hourly");
        export("daily");
        conduit.update("insert into export_queue (kind, usage_id, created_at, booked_on, file) select kind, usage_id, "
                + "created_at, booked_on, case kind when 'daily' then "
                + "'usage-2026-11-20.csv' else 'usage-2026-11-20T10.jsonl' end from saved");
        conduit.stop();
        conduit.start(clock);
        export("hourly");
        export("daily");
        assertThat(exported(".jsonl")).isEqualTo(Map.of("usage-2026-11-20T10.jsonl", List.of("x1", "x2")));
        assertThat(exported(".csv")).isEqualTo(Map.of("usage-2026-11-20.csv", List.of("x1", "x2")));
        assertThat(conduit.query("select * from export_queue")).isEmpty();
    }

    @Test
    void aRowThatIsBookedLateGoesIntoAFurtherFile() throws Exception {
        ask("2026-11-20T10:00:00Z");
        clock.set("2026-11-21T00:05:00Z");
        export("daily");
        ask("2026-11-20T23:59:59Z");
        clock.set("2026-11-22T00:05:00Z");
        export("daily");
        assertThat(exported(".csv")).isEqualTo(Map.of("usage-2026-11-20.csv", List.of("x1"),
                "usage-2026-11-20-2.csv", List.of("x2")));
    }

    @Test
    void theScheduledRoutesExport() {
        ask("2026-11-20T10:00:00Z");
        conduit.stop();
        clock.set("2026-11-21T00:05:00Z");
        conduit.set("conduit.export.daily.cron", "* * * * * ?").set("conduit.export.hourly.cron", "* * * * * ?").start(clock);
        eventually(() -> {
            assertThat(exported(".csv")).isEqualTo(Map.of("usage-2026-11-20.csv", List.of("x1")));
            assertThat(exported(".jsonl")).isEqualTo(Map.of("usage-2026-11-20T10.jsonl", List.of("x1")));
        });
    }
}
