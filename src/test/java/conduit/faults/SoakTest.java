package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.ConduitRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of calls of which one in twenty fails in each way there is: each gets one answer, all of it is booked, and
 * nothing grows. The long version: {@code mvn test -Dtest=SoakTest -Dcalls=10000}.
 */
class SoakTest {

    private static final int CALLS = Integer.getInteger("calls", 400);
    private static final int WARM_UP = Math.max(220, CALLS / 10);
    private static final int STAGES = CALLS > 1_000 ? 9 : 1;
    private static final int CALLERS = 16;
    /** Calls that hang take this long, so it is short; in the long run it leaves others time on a busy machine. */
    private static final String LIMIT = CALLS > 1_000 ? "3s" : "2s";
    private static final long MEGABYTE = 1 << 20;
    /** The ways to fail, by the status that the caller gets; of those with several ends one is drawn. */
    private static final Map<String, Integer> FAILURES = failures();

    @TempDir
    Path home;
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    private static Map<String, Integer> failures() {
        Map<String, Integer> ends = new LinkedHashMap<>();
        Stream.of("400", "401 403 nokey", "credit", "404", "500 html502", "cut", "crash",
                "garbage half two array empty-output empty noturns").forEach(end -> ends.put(end, 502));
        ends.put("toolong 413 blocked", 413);
        Stream.of("429", "529", "refused reset").forEach(end -> ends.put(end, 503));
        ends.put("hang stall timeout", 504);
        Stream.of("maxtok", "refusal").forEach(end -> ends.put(end, 422));
        return ends;
    }

    /** What the process holds while nothing is asked of it. */
    private record Held(long processes, long descriptors, int threads, long heap) {

        static Held now() throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Held(ProcessHandle.current().descendants().count(), open.count(),
                        ManagementFactory.getThreadMXBean().getThreadCount(), runtime.totalMemory() - runtime.freeMemory());
            }
        }

        @Override
        public String toString() {
            return processes + " processes, " + descriptors + " descriptors, " + threads + " threads, "
                    + heap / MEGABYTE + " MB";
        }
    }

    /** How the call of this number ends: the same in each run. */
    private static String end(int call) {
        Random random = new Random(call);
        int twentieth = random.nextInt(20);
        return FAILURES.keySet().stream().skip(twentieth).findFirst().map(ends -> {
            String[] some = ends.split(" ");
            return some[random.nextInt(some.length)];
        }).orElse("ok");
    }

    private static int status(String end) {
        return FAILURES.entrySet().stream().filter(ends -> List.of(ends.getKey().split(" ")).contains(end))
                .findFirst().map(Map.Entry::getValue).orElse(200);
    }

    private void ask(ConduitRig conduit, int from, int to) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> all = new ArrayList<>();
        for (int call = from; call < to; call++) {
            String key = "call-" + call;
            String body = "{\"id\":\"" + key + "\",\"project\":\"p" + call % 3 + "\",\"prompt\":\"Say [[sim:key=" + key
                    + "]][[sim:" + end(call) + "]]\"}";
            all.add(callers.submit(() -> {
                ConduitRig.Reply reply = conduit.post("/v1/complete", body);
                answers.computeIfAbsent(key, k -> new ArrayList<>()).add(reply.status() + " " + reply.json().path("id")
                        .asText(reply.json().path("requestId").asText()));
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        callers.shutdown();
        eventually(() -> {
            assertThat(conduit.query("select id from requests where state = 'accepted' or state = 'running'")).isEmpty();
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count()).isZero();
        });
    }

    @Test
    void everyCallIsAnsweredOnceAndBookedAndNothingGrows() throws Exception {
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.claude.concurrency", "8").set("conduit.claude.timeout", LIMIT)
                .start()) {
            for (int i = 0; i < 3; i++) {
                conduit.put("/v1/projects/p" + i, "{\"defaultModel\":\"claude-haiku-5-5\"}");
            }
            ask(conduit, 0, WARM_UP);
            List<Held> held = new ArrayList<>(List.of(Held.now()));
            for (int stage = 0; stage < STAGES; stage++) {
                ask(conduit, WARM_UP + (CALLS - WARM_UP) * stage / STAGES, WARM_UP + (CALLS - WARM_UP) * (stage + 1) / STAGES);
                held.add(Held.now());
            }
            System.out.println("Soak of " + CALLS + " calls, after " + WARM_UP + " and then in even steps: " + held);
            checkAnswers();
            checkBooks(conduit);
            checkGrowth(held.get(0), held.get(held.size() - 1));
        }
    }

    private void checkAnswers() {
        Map<String, Integer> told = new TreeMap<>();
        for (int call = 0; call < CALLS; call++) {
            String key = "call-" + call;
            String end = end(call);
            assertThat(answers.get(key)).as(key + " " + end).hasSize(1).first().asString().endsWith(" " + key);
            int status = Integer.parseInt(answers.get(key).get(0).substring(0, 3));
            // A model that is left alone for a while, and a machine that is too busy, may come before the call's own end.
            assertThat(status).as(key + " " + end).isIn(status(end), 503, 504);
            told.merge(end + " " + status, 1, Integer::sum);
        }
        System.out.println("Answers: " + told);
    }

    private void checkBooks(ConduitRig conduit) throws Exception {
        assertThat(conduit.query("select state, count(*) as n from requests group by state")).as("ended, all of them")
                .allSatisfy(row -> assertThat(row.get("state").toString()).isIn("completed", "failed"))
                .extracting(row -> ((Number) row.get("n")).intValue()).satisfies(counts -> assertThat(counts.stream()
                        .mapToInt(Integer::intValue).sum()).isEqualTo(CALLS));
        assertThat(conduit.query("select request_id from reservations where state in ('held', 'unknown')")).isEmpty();
        assertThat(conduit.query("select project_id from spending where reserved <> 0")).isEmpty();
        JsonNode total = conduit.get("/v1/usage").json().path("total");
        assertThat(total.path("reservedUsd").decimalValue()).isEqualByComparingTo("0");

        SimulatorLog log = SimulatorLog.read(home.resolve("simulator.log"));
        Map<String, BigDecimal> exact = new TreeMap<>();
        Map<String, BigDecimal> all = new TreeMap<>();
        conduit.query("select request_id, cost, estimated from usage_tracking").forEach(row -> {
            String key = row.get("request_id").toString();
            all.merge(key, (BigDecimal) row.get("cost"), BigDecimal::add);
            exact.merge(key, row.get("estimated").equals(true) ? BigDecimal.ZERO : (BigDecimal) row.get("cost"), BigDecimal::add);
        });
        for (int call = 0; call < CALLS; call++) {
            String key = "call-" + call;
            BigDecimal charged = log.of(key).stream().map(run -> run.costUsd() == null ? BigDecimal.ZERO : run.costUsd())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal booked = all.getOrDefault(key, BigDecimal.ZERO);
            boolean guessed = exact.getOrDefault(key, BigDecimal.ZERO).compareTo(booked) != 0;
            assertThat(booked).as(key + " " + end(call) + " " + log.of(key)).isGreaterThanOrEqualTo(charged);
            if (!guessed) {
                assertThat(booked).as(key + " " + end(call)).isEqualByComparingTo(charged);
            }
        }
    }

    private static void checkGrowth(Held before, Held after) {
        assertThat(after.processes()).isZero();
        assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors() + 8);
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 12);
        assertThat(after.heap()).as("heap").isLessThanOrEqualTo(before.heap() + 24 * MEGABYTE);
    }
}
