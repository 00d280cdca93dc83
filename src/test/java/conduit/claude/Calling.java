package conduit.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Calls on processes that wait for them, and on new ones, without the rest of Conduit. */
final class Calling implements AutoCloseable {

    static final String SIMULATOR = Path.of("src/simulator/claude").toAbsolutePath().toString();
    static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");
    static final Duration LIMIT = Duration.ofSeconds(20);
    static final String MODEL = "claude-haiku-5-5";

    final Spool spool;
    final Places places;
    final WarmPool pool;
    final Runner runner;
    final ClaudeCommand command;
    final AtomicInteger left = new AtomicInteger();
    private final ReplyReader reader = new ReplyReader(32 << 20);
    private final AtomicInteger keys = new AtomicInteger();
    private String last;

    Calling(Path folder, String executable, Map<String, String> environment, int concurrency) {
        this(folder, executable, environment, concurrency, System::nanoTime);
    }

    Calling(Path folder, String executable, Map<String, String> environment, int concurrency, LongSupplier nanos) {
        spool = new Spool(folder);
        command = new ClaudeCommand(executable, true, environment);
        places = new Places(concurrency);
        pool = new WarmPool(spool, command, places,
                new WarmPool.Setting(MODEL, 4096, LIMIT, Duration.ofMinutes(5), nanos), Duration.ofSeconds(1));
        runner = new Runner(command, new ClaudeProcess(32 << 20), pool, Duration.ofSeconds(2));
    }

    Calling start() {
        pool.start(() -> true);
        return this;
    }

    /** Waits until so many are ready. */
    Calling ready(int count) {
        eventually(() -> assertThat(pool.size()).isEqualTo(count));
        return this;
    }

    /** The kinds of folders that are in the spool, by the beginning of their names. */
    List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(spool.folder())) {
            return all.map(path -> path.getFileName().toString().replaceAll("-.*", "")).sorted().toList();
        }
    }

    /** The folder of the last call. */
    Path folder() {
        return spool.of(last);
    }

    String key() {
        return last;
    }

    Call call(String model, String prompt, String system, int cap, Listener listener) throws IOException {
        last = "call~" + keys.incrementAndGet();
        Call call = new Call(spool.of(last), "p", command.input(prompt), system, model, cap, LIMIT, listener);
        Spool.create(call.folder(), call.prompt(), call.system());
        return call;
    }

    Outcome ask(Call call, Runner by) throws Exception {
        places.enter("p");
        Path system = call.system().isEmpty() ? null : Spool.system(call.folder());
        List<String> arguments = new ArrayList<>(call.listener() == null ? command.arguments(call.model(), system)
                : command.streamed(call.model(), system));
        return reader.read(call.folder(), call.model(), by.run(call, arguments, () -> {
            places.leave("p");
            left.incrementAndGet();
        }));
    }

    /** Asks on a process that waited, and fails if there was none. */
    Outcome warm(String model, String prompt, String system, int cap, Listener listener) throws Exception {
        eventually(() -> assertThat(pool.size()).isPositive());
        long before = runner.warm();
        Outcome outcome = ask(call(model, prompt, system, cap, listener), runner);
        assertThat(runner.warm()).as("it ran on a process that waited").isEqualTo(before + 1);
        return outcome;
    }

    Outcome cold(String model, String prompt, String system, int cap, Listener listener) throws Exception {
        return ask(call(model, prompt, system, cap, listener), new Runner(command, new ClaudeProcess(32 << 20), null));
    }

    @Override
    public void close() {
        pool.close();
    }
}
