package conduit.claude;

import conduit.claude.ClaudeProcess.Ending;
import conduit.claude.ClaudeProcess.Result;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what calls left behind, and ends those that outlive their time. */
public final class Traces {

    private final Spool spool;
    private final ReplyReader replies;
    private final Duration limit;
    /** When a process that somebody else started was seen first, by key, in nanoseconds of this Java. */
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    /** @param limit the longest that one call may take, from the moment at which it is seen first */
    public Traces(Spool spool, ReplyReader replies, Duration limit) {
        this.spool = spool;
        this.replies = replies;
        this.limit = limit;
    }

    /**
     * What became of a call. One that runs for too long is ended here, with its whole process group.
     *
     * @param model the model that was asked for
     */
    public Trace of(String key, String model) {
        if (!spool.wasStarted(key)) {
            return new Trace.NeverStarted();
        }
        Optional<ProcessHandle> process = spool.processOf(key);
        if (process.isEmpty()) {
            seen.remove(key);
            return replies.isComplete(spool.of(key)) ? ended(key, model, Ending.EXITED) : new Trace.Lost();
        }
        if (System.nanoTime() - seen.computeIfAbsent(key, k -> System.nanoTime()) < limit.toNanos()) {
            return new Trace.Running();
        }
        ProcessGroup.kill(process.get());
        seen.remove(key);
        return ended(key, model, replies.isComplete(spool.of(key)) ? Ending.EXITED : Ending.TIMED_OUT);
    }

    private Trace ended(String key, String model, Ending ending) {
        return new Trace.Ended(replies.read(spool.of(key), model, new Result(ending, 0, 0)));
    }

    /** Whether a call has a folder here. */
    public boolean has(String key) {
        return spool.has(key);
    }

    /** The keys of all calls that have a folder. */
    public List<String> keys() {
        return spool.keys();
    }

    /** Removes a call's folder. */
    public void remove(String key) {
        spool.remove(key);
    }
}
