package conduit.bench;

import conduit.claude.MessagesStub;
import conduit.claude.WaitingCli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real CLI through Conduit beside the same command line in a shell, against a Messages API on loopback that
 * answers at once: {@code -Dbench.claude=PATH} names the CLI. Conduit's calls and the shell's take turns.
 */
public final class ClaudeBench {

    private static final String CLAUDE = System.getProperty("bench.claude", "claude");
    private static final int CALLS = Integer.getInteger("bench.calls", 80);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int REQUESTS = Integer.getInteger("bench.requests", 60);
    private static final int WARM_UP = Integer.getInteger("bench.warmup", 1_500);
    private static final int REAL_WARM_UP = 10;
    private static final int FIRST_BYTE_MS = 300;
    private static final long PATIENCE_MS = 30_000;
    private static final Duration LEISURE = Duration.ofMillis(700);
    private static final String SWITCH;
    private static final String MODEL = "claude-haiku-5-5";
    private static final String PROMPT = "Translate into French: the bill is due on the first of the month.";
    private static final byte[] REQUEST = HttpLoad.post("/v1/complete",
            "{\"model\":\"" + MODEL + "\",\"prompt\":\"" + PROMPT + "\"}");

    static {
        try {
            SWITCH = command().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClaudeBench() {
    }

    /** Conduit's command: the simulator until Conduit's own code is warm, then the CLI. The shell has no such step. */
    private static Path command() throws IOException {
        Path command = Files.createTempFile("conduit-claude", "");
        Files.writeString(command, "#!/bin/sh\n[ -e " + command + ".real ] && exec '" + CLAUDE + "' \"$@\"\nexec '"
                + BenchServer.PROJECT.resolve("src/simulator/claude") + "' \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        command.toFile().deleteOnExit();
        return command;
    }

    private static void warmUp(BenchServer server) throws Exception {
        try (HttpLoad connection = new HttpLoad(server.port())) {
            connection.repeat(REQUEST, WARM_UP);
        }
        server.awaitRecorded(1 + WARM_UP);
    }

    public static void main(String[] args) throws Exception {
        try (MessagesStub api = new MessagesStub();
                BenchServer cold = start(api, "off"); BenchServer warm = start(api, "on")) {
            warmUp(cold);
            warmUp(warm);
            Files.createFile(Path.of(SWITCH + ".real")).toFile().deleteOnExit();
            Shell shell = new Shell(cold.home(), CLAUDE, api.url(), MODEL, PROMPT);
            alone(cold, warm, shell);
            firstByte(api, cold, warm, shell.waiting());
            saturated(cold, shell, "cold");
            saturated(warm, shell, "warm pool on");
        }
    }

    private static BenchServer start(MessagesStub api, String pool) throws Exception {
        List<String> flags = List.of(System.getProperty("bench.flags", "-Xshare:auto").split(" "));
        return BenchServer.start(flags, "conduit.profile=", "conduit.claude.command=" + SWITCH,
                "conduit.claude.warm=" + pool, "conduit.claude.env.ANTHROPIC_BASE_URL=" + api.url(),
                "conduit.claude.env.ANTHROPIC_API_KEY=sk-loopback");
    }

    private static void alone(BenchServer cold, BenchServer warm, Shell shell) throws Exception {
        Samples direct = new Samples();
        Samples coldCalls = new Samples();
        Samples warmCalls = new Samples();
        try (HttpLoad toCold = new HttpLoad(cold.port()); HttpLoad toWarm = new HttpLoad(warm.port())) {
            toCold.repeat(REQUEST, REAL_WARM_UP);
            toWarm.repeat(REQUEST, REAL_WARM_UP);
            shell.repeat(2);
            double own = 0;
            double cli = 0;
            for (int i = 0; i < CALLS; i++) {
                rest();
                double before = cold.cpuSeconds();
                coldCalls.addAll(toCold.repeat(REQUEST, 1));
                rest();
                own += cold.cpuSeconds() - before;
                before = Shell.childrenCpuSeconds();
                direct.addAll(shell.repeat(1));
                cli += Shell.childrenCpuSeconds() - before;
            }
            for (int i = 0; i < CALLS; i++) {
                awaitSpare(warm);
                warmCalls.addAll(toWarm.repeat(REQUEST, 1));
            }
            Table.title("The CLI, one call at a time, " + direct.size() + " each, after " + WARM_UP + " of the simulator");
            Table.head("milliseconds", "p50", "p90", "largest", "p50 over the shell's");
            row("claude -p in a shell", direct, direct);
            row("POST /v1/complete, cold", coldCalls, direct);
            row("POST /v1/complete, warm", warmCalls, direct);
            Table.notes(List.of(Samples.text("CPU of Conduit itself a cold call: %.1f ms, %.1f %% of the CLI's %.0f ms",
                    1e3 * own / direct.size(), 100 * own / cli, 1e3 * cli / direct.size())));
        }
    }

    private static void firstByte(MessagesStub api, BenchServer cold, BenchServer warm, WaitingCli waiting) throws Exception {
        byte[] streamed = HttpLoad.post("/v1/complete", "{\"model\":\"" + MODEL + "\",\"prompt\":\"" + PROMPT + "\"}",
                "Accept: text/event-stream");
        byte[] direct = HttpLoad.post("/v1/messages", "{\"model\":\"" + MODEL + "\",\"stream\":true,\"max_tokens\":4096,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}");
        api.delay(Duration.ofMillis(FIRST_BYTE_MS));
        Samples own = new Samples();
        Samples coldCalls = new Samples();
        Samples warmCalls = new Samples();
        Samples alone = new Samples();
        for (int i = 0; i < CALLS / 3; i++) {
            alone.add(waiting.firstText(PROMPT, LEISURE));
            own.add(first(URI.create(api.url()).getPort(), direct, "content_block_delta", "event: message_stop"));
            coldCalls.add(first(cold.port(), streamed, "event: delta", "event: response"));
            awaitSpare(warm);
            warmCalls.add(first(warm.port(), streamed, "event: delta", "event: response"));
        }
        api.delay(Duration.ZERO);
        Table.title("Time to the first streamed text, " + own.size() + " each; the API takes " + FIRST_BYTE_MS + " ms");
        Table.head("milliseconds", "p50", "p90", "p50 over the API's own");
        for (var row : List.of(Map.entry("the API itself", own), Map.entry("a process of the CLI that waited, alone", alone),
                Map.entry("streamed, warm", warmCalls), Map.entry("streamed, cold", coldCalls))) {
            Samples samples = row.getValue();
            Table.row(row.getKey(), Samples.text("%.0f", samples.at(0.5)), Samples.text("%.0f", samples.at(0.9)),
                    Samples.text("%.0f", samples.at(0.5) - own.at(0.5)));
        }
    }

    private static double first(int port, byte[] request, String word, String last) throws IOException {
        try (HttpLoad connection = new HttpLoad(port)) {
            return connection.until(request, word, last);
        }
    }

    /** Then the call before is booked; asking whether it is would be work, too. */
    private static void rest() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(150);
    }

    private static void awaitSpare(BenchServer warm) throws Exception {
        long deadline = System.currentTimeMillis() + PATIENCE_MS;
        while (warm.metric("conduit_claude_spares") < 1) {
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("no process is ready");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        // It is there as soon as it is started; a caller who comes at leisure finds it idle.
        TimeUnit.MILLISECONDS.sleep(LEISURE.toMillis());
    }

    private static void row(String name, Samples samples, Samples direct) {
        Table.row(name, Samples.text("%.0f", samples.at(0.5)), Samples.text("%.0f", samples.at(0.9)),
                Samples.text("%.0f", samples.at(1)), Samples.text("%.3f", samples.at(0.5) / direct.at(0.5)));
    }

    private static void saturated(BenchServer server, Shell shell, String name) throws Exception {
        int processes = 4;
        Samples conduit = new Samples();
        Samples xargs = new Samples();
        for (int round = -1; round < ROUNDS; round++) {
            double through = HttpLoad.burst(server.port(), REQUEST, processes, REQUESTS / processes).perSecond();
            double byHand = shell.together(processes, REQUESTS);
            if (round >= 0) {
                conduit.add(through);
                xargs.add(byHand);
            }
        }
        Table.title("The CLI at saturation, " + processes + " at a time, " + ROUNDS + " rounds of " + REQUESTS + ", " + name);
        Table.head("calls a second", "median (smallest-largest)", "over xargs -P " + processes);
        Table.row("xargs -P " + processes, xargs.range("%.2f"), "1");
        Table.row("POST /v1/complete", conduit.range("%.2f"), Samples.text("%.3f", conduit.at(0.5) / xargs.at(0.5)));
    }
}
