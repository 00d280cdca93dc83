package conduit.claude;

import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;
import conduit.claude.Dialogue.Flags;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Runs calls: on a process that waits for one, else on one that is started for it. */
public final class Runner {

    /** What a process that waits takes to change its settings, many times over. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClaudeCommand command;
    private final ClaudeProcess process;
    private final WarmPool pool;
    private final Duration patience;
    private final LongAdder warm = new LongAdder();
    private final LongAdder cold = new LongAdder();

    /** @param pool null for none */
    public Runner(ClaudeCommand command, ClaudeProcess process, WarmPool pool) {
        this(command, process, pool, PATIENCE);
    }

    Runner(ClaudeCommand command, ClaudeProcess process, WarmPool pool, Duration patience) {
        this.command = command;
        this.process = process;
        this.pool = pool;
        this.patience = patience;
    }

    /** How many calls ran on a process that had waited for them. */
    public long warm() {
        return warm.sum();
    }

    /** How many calls had one started. */
    public long cold() {
        return cold.sum();
    }

    /**
     * Runs a call.
     *
     * @param arguments the command's, where a process is to be started
     * @param gone      is called once, when the process is gone; that can be after this returns, and is in any case
     * @throws IOException if nothing ran
     */
    public Result run(Call call, List<String> arguments, Runnable gone) throws IOException, InterruptedException {
        AtomicBoolean told = new AtomicBoolean();
        Runnable once = () -> {
            if (told.compareAndSet(false, true)) {
                gone.run();
            }
        };
        boolean handed = false;
        try {
            if (call.listener() != null && call.listener().isGone()) {
                return new Result(Ending.CANCELLED, 0, 0);
            }
            long start = System.nanoTime();
            Spare spare = pool == null ? null : pool.take(call);
            if (spare != null && agrees(spare, call)) {
                warm.increment();
                command.home().from(spare.folder());
                pool.serves(spare, call.folder(), once);
                handed = true;
                return warm(spare, call, start);
            }
            cold.increment();
            Result result = cold(call, arguments, start, once);
            handed = true;
            return result;
        } finally {
            if (!handed) {
                once.run();
            }
        }
    }

    /** What was spent on one that waited is part of the call's time. */
    private Result cold(Call call, List<String> arguments, long start, Runnable gone) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.executable()));
        line.addAll(arguments);
        Duration lost = Duration.ofNanos(System.nanoTime() - start);
        Duration left = call.limit().minus(lost).isNegative() ? Duration.ZERO : call.limit().minus(lost);
        command.home().into(call.folder());
        Result result = process.run(call.folder(), ProcessGroup.builder(call.folder(), line,
                command.environment(call.maxOutputTokens(), call.limit())), left, call.listener(), gone);
        if (result.exit() == 0) {
            command.home().from(call.folder());
        }
        return new Result(result.ending(), result.exit(), lost.toMillis() + result.millis());
    }

    /** Whether it now waits for this call's prompt; if not, it is gone, and nothing was spent. */
    private boolean agrees(Spare spare, Call call) throws IOException, InterruptedException {
        boolean agreed = false;
        try {
            spare.set(new Flags(call.model(), call.maxOutputTokens()), call.system());
            Spool.lead(call.folder(), spare.folder());
            agreed = spare.agrees(patience);
        } catch (IOException e) {
            // It is gone: another one is started.
        } finally {
            if (!agreed) {
                pool.refuse(spare);
                Spool.unlead(call.folder());
            }
        }
        return agreed;
    }

    private Result warm(Spare spare, Call call, long start) throws InterruptedException {
        try (GrowingLines lines = spare.lines()) {
            spare.send(call.prompt());
            return process.finish(spare.process(), call.folder(), lines, new Follower(call.listener()), start, call.limit());
        } catch (IOException e) {
            // It is gone, and may have read the prompt.
            ProcessGroup.kill(spare.process().toHandle());
            return new Result(Ending.EXITED, spare.process().waitFor(), 0);
        }
    }
}
