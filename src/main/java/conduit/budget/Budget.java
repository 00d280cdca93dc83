package conduit.budget;

import conduit.ledger.Spending;
import conduit.ledger.Spent;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project;
import conduit.routing.Routed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A project's hard limits: what is spent, set aside and may still come never passes them. */
public final class Budget {

    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final String NEVER = " No day or month has room for it: raise the limit; or shorten the prompt or lower "
            + "maxOutputTokens, under another id.";
    private static final String SOON = " It fits once calls that run now have ended and freed what they don't spend: send it "
            + "again in a moment.";

    private Budget() {
    }

    /**
     * The request on its chosen model if that fits into the limits, else on the dearest cheaper model that does.
     *
     * @throws conduit.problem.ProblemException if none fits, with the time at which the limit resets
     */
    public static Routed fit(Routed routed, Spending.Sums sums) {
        return Stream.concat(Stream.of(routed), routed.cheaper().stream())
                .filter(one -> exceeded(one, sums).isEmpty()).findFirst()
                .orElseThrow(() -> cheapest(routed, exceeded(routed, sums).orElseThrow()).asException());
    }

    /** Whether a project's limits have room for so much more, US dollars, beside these sums. */
    public static boolean allows(Project project, Spending.Sums sums, BigDecimal more) {
        return !project.features().costTracking() || !passes(project.costLimits().daily(), sums.day(), more)
                && !passes(project.costLimits().monthly(), sums.month(), more);
    }

    private static Problem cheapest(Routed routed, Problem problem) {
        return routed.cheaper().stream().min(Comparator.comparing(one -> one.estimate().worstCaseUsd()))
                .map(one -> new Problem(problem.kind(), problem.detail() + " The cheapest model that it may take, "
                        + one.model().id() + ", can cost " + plain(one.estimate().worstCaseUsd()) + ".", problem.more()))
                .orElse(problem);
    }

    private static Optional<Problem> exceeded(Routed routed, Spending.Sums sums) {
        Project project = routed.project();
        if (!project.features().costTracking()) {
            return Optional.empty();
        }
        BigDecimal worst = routed.estimate().worstCaseUsd();
        LocalDate day = routed.at().toLocalDate();
        if (passes(project.costLimits().daily(), sums.day(), worst)) {
            return Optional.of(problem(Kind.DAILY_LIMIT, project.costLimits().daily(), sums.day(), routed,
                    next(day.plusDays(1), routed.at())));
        }
        if (passes(project.costLimits().monthly(), sums.month(), worst)) {
            return Optional.of(problem(Kind.MONTHLY_LIMIT, project.costLimits().monthly(), sums.month(), routed,
                    next(day.withDayOfMonth(1).plusMonths(1), routed.at())));
        }
        return Optional.empty();
    }

    private static boolean passes(BigDecimal limit, Spent sum, BigDecimal worst) {
        return limit != null && sum.total().add(worst).compareTo(limit) > 0;
    }

    /** The start of a day to come. Where clocks go back over midnight a day starts twice: the one that is to come. */
    private static ZonedDateTime next(LocalDate day, ZonedDateTime at) {
        ZonedDateTime start = day.atStartOfDay(at.getZone());
        return start.isAfter(at) ? start : start.withLaterOffsetAtOverlap();
    }

    private static Problem problem(Kind kind, BigDecimal limit, Spent sum, Routed routed, ZonedDateTime resets) {
        String detail = kind.title() + ": project \"" + routed.project().id() + "\" may spend " + plain(limit)
                + " USD, has spent " + plain(sum.spent()) + " and set aside " + plain(sum.reserved())
                + "; this request can cost " + plain(routed.estimate().worstCaseUsd()) + " at " + routed.model().id()
                + ". The limit resets at " + resets.toInstant() + ".";
        BigDecimal worst = routed.estimate().worstCaseUsd();
        boolean never = worst.compareTo(limit) > 0;
        boolean soon = sum.spent().add(worst).compareTo(limit) <= 0;
        return Problem.of(kind, detail + (never ? NEVER : soon ? SOON : "")).with("requestId", routed.request().id())
                .with("resetsAt", resets.toInstant())
                .retryAfter(soon ? MOMENT : Duration.between(routed.at(), resets));
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    /** Both limits with what is spent and set aside, as the API shows them. */
    public static Map<String, Object> show(Project project, Spending.Sums sums, ZonedDateTime at) {
        LocalDate day = at.toLocalDate();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("daily", show(project.costLimits().daily(), sums.day(), next(day.plusDays(1), at)));
        map.put("monthly", show(project.costLimits().monthly(), sums.month(),
                next(day.withDayOfMonth(1).plusMonths(1), at)));
        return map;
    }

    private static Map<String, Object> show(BigDecimal limit, Spent sum, ZonedDateTime resets) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("limit", limit);
        map.put("spent", sum.spent());
        map.put("reserved", sum.reserved());
        map.put("resetsAt", resets.toInstant());
        return map;
    }
}
