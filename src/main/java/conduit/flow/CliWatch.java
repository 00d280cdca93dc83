package conduit.flow;

import conduit.claude.CliCheck;
import conduit.claude.CliHealth;
import conduit.claude.CliState;
import conduit.json.Json;
import conduit.ledger.Completion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks after the CLI: what is wrong with it is told in the log, in the health and, once a change, to a topic. While it is
 * unhealthy calls are tried all the same: each is judged by how it ends, and the first that succeeds is the best proof.
 */
public final class CliWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CliWatch.class);

    private final CliCheck check;
    private final Spares spares;
    private final Clock clock;
    private final CliHealth health = new CliHealth();

    /**
     * Processes that were started ahead.
     *
     * @param probe   asks one of them whether it is alive; what is wrong, or nothing
     * @param recycle replaces all of them
     */
    public record Spares(Supplier<Optional<String>> probe, Runnable recycle) {

        /** No process is started ahead. */
        public static final Spares NONE = new Spares(Optional::empty, () -> { });
    }

    public CliWatch(CliCheck check, Spares spares, Clock clock) {
        this.check = check;
        this.spares = spares;
        this.clock = clock;
    }

    /** Looks once; the event for the topic if the health changed, else null. */
    public String look() throws InterruptedException {
        CliState state = check.look();
        if (state instanceof CliState.Sound) {
            state = spares.probe().get().<CliState>map(reason -> new CliState.Unsound(CliState.Fault.NO_SPARE,
                    reason)).orElse(state);
        }
        return health.checked(state, clock.instant()).map(this::tell).orElse(null);
    }

    /** Notes how a run ended. */
    public void ended(Completion completion) {
        health.ended(completion.outcome(), clock.instant());
    }

    /** What is wrong, if it is unhealthy. */
    public Optional<String> fault() {
        return health.fault();
    }

    private String tell(CliHealth.Change change) {
        if (change.up()) {
            LOG.info("The Claude CLI works again");
        } else {
            LOG.error("The Claude CLI is not well: {}", change.reason());
            spares.recycle().run();
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("part", "claude");
        data.put("state", change.up() ? "up" : "down");
        data.put("reason", change.reason());
        data.put("since", change.since().toString());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "conduit_alert");
        event.put("data", data);
        return Json.write(event);
    }
}
