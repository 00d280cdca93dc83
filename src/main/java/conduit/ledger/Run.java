package conduit.ledger;

import conduit.model.Model;
import conduit.request.LlmRequest;
import conduit.routing.Decision;
import conduit.routing.Routed;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An accepted request: on disk, the worst case of what may still come set aside.
 *
 * @param routed   with the model and the estimate of the attempt that is made; the decision is of the first one
 * @param number   counts the runs of this id, from 1
 * @param day      the calendar day whose limits it counts against; it stays, whatever zone is set later
 * @param tried    the attempts before this one
 * @param setAside for all attempts together, US dollars
 */
public record Run(Routed routed, int number, LocalDate day, List<Tried> tried, BigDecimal setAside) {

    public Run {
        tried = List.copyOf(tried);
    }

    /** One that makes its first attempt. */
    public Run(Routed routed, int number, LocalDate day) {
        this(routed, number, day, List.of(), routed.estimate().worstCaseUsd());
    }

    /** The number of the attempt that is made, from 1. */
    public int attempt() {
        return tried.size() + 1;
    }

    /** Of the attempt: unique over all, safe as a file's name. */
    public String key() {
        return key(request().id(), number, attempt());
    }

    private static String key(String id, int run, int attempt) {
        return id + "~" + run + (attempt == 1 ? "" : "~" + attempt);
    }

    /** Of all its attempts so far. */
    public List<String> keys() {
        return IntStream.rangeClosed(1, attempt()).mapToObj(n -> key(request().id(), number, n)).toList();
    }

    /** Whether a key is that of an attempt of this run. */
    public static boolean isOf(String key, String id, int run) {
        return key.equals(key(id, run, 1)) || key.startsWith(key(id, run, 1) + "~");
    }

    /** The id of the request that an attempt's key is of. */
    public static String idOf(String key) {
        int tilde = key.indexOf('~');
        return tilde < 0 ? key : key.substring(0, tilde);
    }

    /** What the attempts before this one cost, US dollars. */
    public BigDecimal triedUsd() {
        return tried.stream().map(Tried::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The rows of the attempts before this one. */
    List<UsageRow> triedUsage() {
        return tried.stream().flatMap(one -> one.usage().stream()).toList();
    }

    /**
     * The same run at its next attempt.
     *
     * @param over what became of this one
     * @param next with the model and the estimate of the next
     */
    Run next(Tried over, Routed next, BigDecimal setAside) {
        return new Run(next, number, day, Stream.concat(tried.stream(), Stream.of(over)).toList(), setAside);
    }

    public LlmRequest request() {
        return routed.request();
    }

    public Decision decision() {
        return routed.decision();
    }

    /** The one that this attempt asks, which is another than the decision says once that one failed. */
    public Model model() {
        return routed.model();
    }
}
