package conduit.claude;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/** What goes wrong with processes that are started ahead. */
final class Trouble {

    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    /** One that is slow once, as where the machine has too much to do, is no fault. */
    private static final int IN_A_ROW = 2;
    private static final long SHORTEST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 300_000;
    private static final int MOST_DOUBLINGS = 9;

    private int failures;
    private int unanswered;
    private String fault;

    /** One answered. */
    synchronized void over() {
        failures = 0;
        unanswered = 0;
        fault = null;
    }

    /** One did not serve; if it had its time, that is the CLI's fault. */
    synchronized void failed(boolean hadItsTime) {
        failures++;
        unanswered += hadItsTime ? 1 : 0;
        if (unanswered >= IN_A_ROW && fault == null) {
            fault = "processes of the Claude CLI that are started ahead do not answer: calls start one each";
            LOG.warn("The Claude CLI is not well: {}", fault);
        }
    }

    synchronized boolean is() {
        return failures > 0;
    }

    /** After which time the next one is tried, milliseconds. */
    synchronized long pause() {
        return Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS << Math.min(Math.max(0, failures - 1), MOST_DOUBLINGS));
    }

    synchronized Optional<String> fault() {
        return Optional.ofNullable(fault);
    }
}
