package conduit.flow;

import conduit.problem.Kind;
import conduit.problem.Problem;
import jakarta.jms.JMSException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

/**
 * What Conduit can't do its work without: that the ledger takes writes, that answers can be written, that the broker is
 * there. While something can't be stored, files stay in the inbox and messages on the queue.
 */
public final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int LOOKS_BETWEEN = 10;
    private static final long WAIT_MS = 200;

    private final Map<String, Need> needs = new LinkedHashMap<>();
    private final ConcurrentMap<String, String> faults = new ConcurrentHashMap<>();
    private int looks;

    /** A try of something, which fails with any exception. */
    public interface Probe {
        void run() throws Exception;
    }

    private record Need(Probe probe, boolean stores, String otherwise) {
    }

    /**
     * Watches one thing more.
     *
     * @param stores    whether no request can be taken without it
     * @param otherwise what to tell operators where it fails, and what they can do
     */
    public Watch over(String name, boolean stores, String otherwise, Probe probe) {
        needs.put(name, new Need(probe, stores, otherwise));
        return this;
    }

    /** Tries what is in doubt; every tenth time, all. */
    public synchronized void look() {
        boolean all = looks++ % LOOKS_BETWEEN == 0;
        needs.forEach((name, need) -> {
            if (all || faults.containsKey(name)) {
                look(name, need);
            }
        });
    }

    private void look(String name, Need need) {
        try {
            need.probe().run();
            if (faults.remove(name) != null) {
                LOG.info("The {} works again", name);
            }
        } catch (Exception e) {
            fault(name, need, e);
        }
    }

    private void fault(String name, Need need, Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        if (root instanceof FileSystemException file) {
            said = Path.of(file.getFile()).getFileName() + (file.getReason() == null ? "" : ": " + file.getReason());
        }
        String told = need.otherwise() + " (" + root.getClass().getSimpleName() + ": " + said + ")";
        if (faults.put(name, told) == null) {
            LOG.error("Not sound: {}", told);
        }
    }

    /** What is wrong now, for operators. */
    List<String> faults() {
        return new ArrayList<>(faults.values());
    }

    /** Whether requests can be taken, as far as is known. */
    boolean canStore() {
        return needs.entrySet().stream().noneMatch(need -> need.getValue().stores() && faults.containsKey(need.getKey()));
    }

    /** Waits until requests can be taken, or for good reason no longer. */
    void awaitStore(BooleanSupplier stopping) throws InterruptedException {
        while (!canStore() && !stopping.getAsBoolean()) {
            Thread.sleep(WAIT_MS);
        }
    }

    /** Notes a failure of the given need; it is looked at again at once. */
    void doubt(String name, Throwable thrown) {
        Need need = needs.get(name);
        if (need != null) {
            fault(name, need, thrown);
        }
    }

    /** The problem for a caller, if a failure means that something can't be stored, else null. */
    Problem unstorable(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JMSException || cause instanceof SocketException) {
                return null;
            }
            boolean ledger = cause instanceof DataAccessException && !(cause instanceof DataIntegrityViolationException)
                    || cause instanceof TransactionException;
            if (ledger || cause instanceof IOException) {
                doubt(ledger ? "ledger" : "disk", thrown);
                return Problem.of(Kind.STORAGE_UNAVAILABLE, "Conduit's " + (ledger ? "ledger" : "disk") + " can't be read "
                        + "or written now. Send the request again later, with the same id: it is not paid for twice.")
                        .retryAfter(AGAIN);
            }
        }
        return null;
    }
}
