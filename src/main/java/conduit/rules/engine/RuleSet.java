package conduit.rules.engine;

import conduit.expression.Deadline;
import conduit.expression.Expression;
import conduit.expression.OvertimeException;
import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.rules.condition.Failure;
import conduit.rules.condition.Operator;
import conduit.rules.condition.Test;
import conduit.rules.condition.Truth;
import conduit.rules.condition.Value;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Matching;
import conduit.rules.fact.Request;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Compiled rules of one version; safe for any number of threads. They are compiled in chunks by rank, and a decision
 * asks chunk after chunk until a rule decides, so that most rules of a large set are not asked at all.
 */
public final class RuleSet {

    private static final int CHUNK = 100;
    private static final int WARM_UPS = 20;

    private final String version;
    private final List<Rule> rules;
    private final List<Rule> inRank;
    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<String, Expression> expressions = new HashMap<>();
    private final Bounds bounds;

    /**
     * What one decision may take.
     *
     * @param nanoTime a clock for durations
     */
    public record Bounds(Duration time, LongSupplier nanoTime) {
        /** A second: a thousand times what a decision needs. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(1), System::nanoTime);
    }

    /**
     * Compiles rules.
     *
     * @param rules   by file and in their order; on equal salience the earlier one goes first
     * @param version the name that decisions tell
     */
    public RuleSet(String version, List<Rule> rules, Bounds bounds) {
        this.version = version;
        this.rules = List.copyOf(rules);
        this.bounds = bounds;
        inRank = this.rules.stream().filter(Rule::enabled)
                .sorted(Comparator.comparing((Rule r) -> r.info().salience()).reversed()).toList();
        for (int i = 0; i < inRank.size(); i += CHUNK) {
            chunks.add(new Chunk(List.copyOf(inRank.subList(i, Math.min(inRank.size(), i + CHUNK)))));
        }
        inRank.stream().flatMap(r -> r.condition().tests()).filter(t -> t.operator() == Operator.MATCHES)
                .map(t -> ((Value.Text) t.value()).text())
                .forEach(e -> expressions.computeIfAbsent(e, Expression::compile));
    }

    public String version() {
        return version;
    }

    /** The rules as they were read, by file and in their order. */
    public List<Rule> read() {
        return rules;
    }

    /** The rules, by file and in their order. */
    public List<RuleInfo> rules() {
        return rules.stream().map(Rule::info).toList();
    }

    /** Lets the engine and the JVM prepare what the first real decisions would have to wait for. */
    public void warmUp() {
        LlmRequest sample = new LlmRequest("warm-up", "default", "A prompt", "", Agent.NONE, null, null, null,
                List.of(), null, null, Constraints.NONE, Map.of(), Inlet.HTTP);
        Request request = new Request(sample, new Circumstances(2, 12, DayOfWeek.MONDAY, BigDecimal.ZERO,
                BigDecimal.ZERO, true));
        for (int i = 0; i < WARM_UPS; i++) {
            chunks.forEach(chunk -> chunk.ask(request, new Route()));
        }
    }

    /** What the rules say of a request. */
    public RuleOutcome decide(Request request) {
        Matching matching = new Matching(expressions, Deadline.after(bounds.time(), bounds.nanoTime()));
        Request asked = request.with(matching);
        Route route = new Route();
        for (Chunk chunk : chunks) {
            try {
                matching.check();
                chunk.ask(asked, route);
            } catch (OvertimeException e) {
                return gaveUp(route, matching);
            } catch (RuntimeException e) {
                if (causedByTime(e)) {
                    return gaveUp(route, matching);
                }
                throw e;
            }
            if (route.isDecided()) {
                break;
            }
        }
        return route.outcome(version, null);
    }

    private static boolean causedByTime(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OvertimeException) {
                return true;
            }
        }
        return false;
    }

    private RuleOutcome gaveUp(Route route, Matching matching) {
        boolean couldFence = rules.stream().anyMatch(r -> r.enabled() && r.fences() && !route.fired().contains(r));
        return route.outcome(version, new RuleOutcome.GaveUp("The rules took more than " + bounds.time().toMillis()
                + " ms for one request" + (matching.slow() == null ? "" : rules.stream().filter(r -> reads(r,
                matching.slow())).findFirst().map(r -> ", at " + r.info().file() + ":" + r.info().line() + " in rule \""
                + r.info().name() + "\"").orElse("")) + ".", couldFence));
    }

    private static boolean reads(Rule rule, String expression) {
        return rule.condition().tests().map(Test::value).anyMatch(v -> v.equals(new Value.Text(expression)));
    }

    /** What each rule had to do with a decision, in the order in which they are tried; where time runs out, of fewer. */
    public List<RuleTrace> explain(Request request) {
        Request asked = request.with(new Matching(expressions, Deadline.after(bounds.time(), bounds.nanoTime())));
        List<RuleTrace> traces = new ArrayList<>();
        try {
            boolean decided = false;
            for (Rule rule : inRank) {
                Optional<Failure> failed = Failure.first(rule.condition(), asked);
                String role = failed.isPresent() ? "did not match" : decided ? "not asked"
                        : rule.decides() ? "decided" : "took part";
                decided |= role.equals("decided");
                traces.add(new RuleTrace(rule.info().file(), rule.info().line(), rule.info().name(), role,
                        failed.orElse(null)));
            }
        } catch (OvertimeException e) {
            return traces;
        }
        rules.stream().filter(r -> !r.enabled()).map(Rule::info)
                .forEach(r -> traces.add(new RuleTrace(r.file(), r.line(), r.name(), "not enabled", null)));
        return traces;
    }

    /** Whether the choice of the model may depend on a text that was not kept; a category alone does not count. */
    public boolean needsTexts(Request request) {
        Request asked = request.with(new Matching(expressions, Deadline.none()));
        for (Rule rule : inRank) {
            Truth holds = rule.condition().on(asked);
            if (holds == Truth.UNKNOWN && (rule.decides() || rule.fences())) {
                return true;
            }
            if (holds == Truth.TRUE && rule.decides()) {
                return false;
            }
        }
        return false;
    }
}
