package conduit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steady {@code POST /v1/route} requests while a rule file is replaced. Each request has its time at which it is due,
 * and its latency counts from then, so that a pause of Conduit shows in all requests that fall into it.
 * {@code -Dbench.rate=200} is the requests a second.
 */
public final class ReloadUnderLoad {

    private static final int RATE = Integer.getInteger("bench.rate", 200);
    private static final int CONNECTIONS = 4;
    private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warmup", 30);
    private static final int QUIET_SECONDS = Integer.getInteger("bench.quiet", 8);
    private static final int BACKLOG_SECONDS = 2;
    private static final int SHOWN_FAILURES = 3;
    private static final long LONGEST_RELOAD_SECONDS = 180;
    private static final Pattern VERSION = Pattern.compile("\"version (\\d+)\"");

    private final BenchServer server;
    private final List<byte[]> requests;
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    /** Requests that were never sent, as Conduit and this machine could not keep up with those before them. */
    private final AtomicLong leftOut = new AtomicLong();
    private volatile int seen = -1;
    private volatile boolean done;

    /** One request: when it was due, and how long the answer took from then; -1 if there was none but 200. */
    private record Call(long due, double millis) {
    }

    /** From the write of a file until an answer told of it. */
    private record Reload(long from, long to) {

        /** Whether the request was due then, or so soon behind it that it may have waited for those before it. */
        boolean holds(Call call) {
            return call.due() >= from && call.due() <= to + TimeUnit.SECONDS.toNanos(BACKLOG_SECONDS);
        }
    }

    private ReloadUnderLoad(BenchServer server, List<String> bodies) {
        this.server = server;
        this.requests = bodies.stream().map(body -> HttpLoad.post("/v1/route", body)).toList();
    }

    /** The reason that a version's last rule must give. */
    public static String reason(int version) {
        return "version " + version;
    }

    /** Measures and prints; {@code file} gives the text of each version, from 0. */
    public static void run(int replacements, IntFunction<String> file, List<String> bodies) throws Exception {
        List<String> flags = List.of(System.getProperty("bench.flags", "-Xshare:auto").split(" "));
        try (BenchServer server = BenchServer.start(flags)) {
            new ReloadUnderLoad(server, bodies).measure(replacements, file);
        }
    }

    private void measure(int replacements, IntFunction<String> file) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int first = i;
            threads.add(new Thread(() -> load(first)));
        }
        threads.forEach(Thread::start);
        List<Reload> reloads = new ArrayList<>();
        try {
            replace(0, file.apply(0));
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            calls.clear();
            leftOut.set(0);
            failures.clear();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            for (int version = 1; version <= replacements; version++) {
                reloads.add(replace(version, file.apply(version)));
                TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            }
        } finally {
            done = true;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        print(reloads);
    }

    private Reload replace(int version, String text) throws Exception {
        Path rules = server.home().resolve("rules");
        Path draft = Files.writeString(rules.resolve(".big.tmp"), text);
        long from = System.nanoTime();
        Files.move(draft, rules.resolve("big.drl"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        while (seen < version) {
            if (System.nanoTime() - from > TimeUnit.SECONDS.toNanos(LONGEST_RELOAD_SECONDS)) {
                throw new IOException("version " + version + " is not in force; Conduit says:\n"
                        + Files.readString(server.home().resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return new Reload(from, System.nanoTime());
    }

    private void load(int first) {
        long interval = TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / RATE;
        long due = System.nanoTime() + interval * first / CONNECTIONS;
        for (int next = first; !done; ) {
            try (HttpLoad http = new HttpLoad(server.port())) {
                for (; !done; next++, due += interval) {
                    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                        LockSupport.parkNanos(wait);
                    }
                    if (System.nanoTime() - due > TimeUnit.SECONDS.toNanos(BACKLOG_SECONDS)) {
                        leftOut.addAndGet((System.nanoTime() - due) / interval);
                        due = System.nanoTime();
                    }
                    HttpLoad.Reply reply = http.send(requests.get(next % requests.size()));
                    calls.add(new Call(due, reply.status() == 200 ? (System.nanoTime() - due) / 1e6 : -1));
                    if (reply.status() != 200) {
                        failures.add(reply.status() + " " + reply.body());
                    }
                    Matcher version = VERSION.matcher(reply.body());
                    if (version.find()) {
                        seen = Math.max(seen, Integer.parseInt(version.group(1)));
                    }
                }
            } catch (IOException e) {
                calls.add(new Call(due, -1));
                failures.add(e.toString());
                next++;
                due += interval;
            }
        }
    }

    private void print(List<Reload> reloads) {
        Table.title("POST /v1/route, " + RATE + " a second, while a file of rules is replaced " + reloads.size()
                + " times");
        Table.head("", "requests", "failed", "p50 ms", "p99 ms", "largest ms");
        List<Call> during = calls.stream().filter(call -> reloads.stream().anyMatch(one -> one.holds(call))).toList();
        List<Call> without = new ArrayList<>(calls);
        without.removeAll(new java.util.HashSet<>(during));
        row("without a reload", without);
        row("during a reload and " + BACKLOG_SECONDS + " s behind it", during);
        Samples seconds = new Samples();
        reloads.forEach(one -> seconds.add((one.to() - one.from()) / 1e9));
        Table.notes(List.of("From the write to the first answer by the new rules: " + seconds.range("%.1f") + " s.",
                "Not sent, as more than " + BACKLOG_SECONDS + " s behind: " + leftOut + "."));
        failures.stream().limit(SHOWN_FAILURES).forEach(failure -> Table.notes(List.of("Failed: " + failure)));
    }

    private static void row(String name, List<Call> calls) {
        Samples millis = new Samples();
        calls.stream().filter(call -> call.millis() >= 0).forEach(call -> millis.add(call.millis()));
        if (millis.size() == 0) {
            Table.row(name, Integer.toString(calls.size()), Integer.toString(calls.size()), "", "", "");
            return;
        }
        Table.row(name, Integer.toString(calls.size()), Integer.toString(calls.size() - millis.size()),
                Samples.text("%.2f", millis.at(0.5)), Samples.text("%.2f", millis.at(0.99)),
                Samples.text("%.1f", millis.at(1)));
    }
}
