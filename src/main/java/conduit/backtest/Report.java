package conduit.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What a backtest found. {@code requests} = redecided + needText + incomplete + notCompleted + ruleErrors, and
 * {@code redecided} = unchanged + changed.
 *
 * @param project      the only project looked at, or null for all
 * @param needText     whose rules need a text that was not kept
 * @param incomplete   recorded before flags and constraints were, or of a project that is no more
 * @param notCompleted that failed, were refused, still run, or ended in a way that nobody knows
 * @param ruleErrors   on which a candidate rule failed; live they would have got status 500
 * @param denied       of the changed, those that would have been refused
 * @param leftToBandit of the redecided, those for which a model had to be drawn
 * @param changesTotal how many changed; {@code changes} lists the first of them
 * @param seconds      how long it took
 * @param assumption   what the figures take for granted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(Instant from, Instant to, String project, long requests, long redecided, long needText,
                     long incomplete, long notCompleted, long ruleErrors, long denied, long leftToBandit, long unchanged,
                     long changed, List<Move> moves, Cost cost, List<LimitWatch.Hit> limits, List<Change> changes,
                     long changesTotal, String rulesVersion, double seconds, String assumption) {

    static final String ASSUMPTION = "A request that moves costs its recorded tokens at the other model's present "
            + "prices: the same input, and an answer of the same length. Limits are told, not enforced: what would "
            + "have been blocked or degraded is in candidateUsd in full.";

    /** How many requests go from one model to another. {@code to} is "denied" where they would be refused. */
    public record Move(String from, String to, long count) {
    }

    /**
     * What the re-decided requests cost, US dollars.
     *
     * @param low         lower bound of the change over traffic like this; null for fewer than 2 requests
     * @param high        its upper bound
     * @param cheapestUsd the change if the bandit took the cheapest model each time that it is asked
     * @param dearestUsd  the change if it took the dearest
     * @param othersUsd   what was billed for the requests that were not re-decided
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cost(BigDecimal recordedUsd, BigDecimal candidateUsd, BigDecimal changeUsd, BigDecimal low,
                       BigDecimal high, double confidence, BigDecimal cheapestUsd, BigDecimal dearestUsd,
                       BigDecimal othersUsd) {
    }

    /**
     * A request that changed.
     *
     * @param rule   the rule that decides, or null if none does
     * @param reason why it goes there
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(String id, String project, Instant at, String from, String to, String rule, String reason,
                         BigDecimal recordedUsd, BigDecimal candidateUsd) {
    }
}
