package conduit.rules.reasoning;

import conduit.expression.ExpressionException;
import conduit.request.Inlet;
import conduit.rules.condition.Operand;
import conduit.rules.condition.Operator;
import conduit.rules.condition.Test;
import conduit.rules.condition.Value;
import conduit.rules.reasoning.NumberSpan.Scale;
import conduit.rules.reasoning.TextMark.Kind;
import conduit.rules.reasoning.TextSpan.Listed;
import conduit.rules.reasoning.TextSpan.Marked;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which requests one comparison lets through. */
final class Spans {

    private static final Scale SPEND = new Scale(0, Double.POSITIVE_INFINITY, false);
    private static final Map<String, Scale> SCALES = Map.of("tokenCount", new Scale(0, Integer.MAX_VALUE, true),
            "hour", new Scale(0, 23, true), "dailySpendUsd", SPEND, "monthlySpendUsd", SPEND);
    private static final Map<String, Set<String>> LISTS = Map.of(
            "inlet", Stream.of(Inlet.values()).map(Inlet::text).collect(Collectors.toSet()),
            "dayOfWeek", Stream.of(DayOfWeek.values()).map(Enum::name).collect(Collectors.toSet()));
    private static final Set<String> ALWAYS_THERE = Set.of("id", "project", "prompt", "system");

    private Spans() {
    }

    /**
     * The requests for which the comparison holds, or fails; none or one box.
     *
     * @param holds whether those are asked for which it holds
     */
    static List<Box> of(Test test, boolean holds) {
        boolean positive = holds != test.negated();
        String fact = name(test.fact());
        if (test.value() instanceof Operand other) {
            return verdict(test, other, positive);
        }
        try {
            return switch (test.fact().kind()) {
                case NUMBER -> number(fact, test, positive);
                case TEXT -> text(fact, test, positive);
                case LIST -> flags(fact, test, positive);
            };
        } catch (ExpressionException | ClassCastException e) {
            return List.of(Box.ANY);
        }
    }

    private static String name(Operand fact) {
        return fact.drl().equals("message") ? "prompt" : fact.drl();
    }

    private static List<Box> verdict(Test test, Operand other, boolean positive) {
        Operator operator = test.operator();
        boolean turned = Set.of(Operator.UNEQUAL, Operator.EXCLUDES, Operator.AT_LEAST, Operator.AT_MOST).contains(operator);
        String sign = switch (operator) {
            case EQUAL, UNEQUAL -> "==";
            case CONTAINS, EXCLUDES, MEMBER_OF -> "contains";
            case LESS, MORE, AT_LEAST, AT_MOST -> "<";
            default -> operator.sign();
        };
        boolean swapped = Set.of(Operator.MEMBER_OF, Operator.MORE, Operator.AT_MOST).contains(operator)
                || sign.equals("==") && name(test.fact()).compareTo(name(other)) > 0;
        String left = name(swapped ? other : test.fact());
        String right = name(swapped ? test.fact() : other);
        return List.of(Box.of(left + " " + sign + " " + right,
                positive != turned ? Span.Verdict.HOLDS : Span.Verdict.FAILS));
    }

    private static List<Box> number(String fact, Test test, boolean positive) {
        Scale scale = SCALES.get(fact);
        NumberSpan span;
        if (test.value() instanceof Value.Numbers list) {
            span = scale.between(1, 0);
            for (BigDecimal one : list.numbers()) {
                span = (NumberSpan) span.or(scale.between(one.doubleValue(), one.doubleValue())).orElseThrow();
            }
        } else if (test.value() instanceof Value.Nothing) {
            span = test.operator() == Operator.EQUAL ? scale.between(1, 0) : scale.all();
        } else {
            double number = ((Value.Number) test.value()).number().doubleValue();
            span = switch (test.operator()) {
                case EQUAL -> scale.between(number, number);
                case UNEQUAL -> scale.between(number, number).not();
                case LESS -> scale.between(scale.lowest(), scale.below(number));
                case AT_MOST -> scale.between(scale.lowest(), number);
                case MORE -> scale.between(scale.above(number), scale.highest());
                case AT_LEAST -> scale.between(number, scale.highest());
                default -> throw new ClassCastException();
            };
        }
        NumberSpan asked = positive ? span : span.not();
        return asked.isEmpty() ? List.of() : List.of(asked.isEverything() ? Box.ANY : Box.of(fact, asked));
    }

    private static List<Box> text(String fact, Test test, boolean positive) {
        boolean turned = test.operator() == Operator.UNEQUAL || test.operator() == Operator.EXCLUDES;
        boolean absent = !ALWAYS_THERE.contains(fact) && !LISTS.containsKey(fact);
        TextSpan span = span(test, positive != turned, absent);
        if (LISTS.containsKey(fact)) {
            span = new Listed(LISTS.get(fact)).and(span);
        } else if (!absent && span instanceof Listed listed) {
            span = listed.and(new Marked(false, Set.of(), Set.of()));
        }
        boolean everything = span instanceof Listed listed ? listed.texts().equals(LISTS.get(fact))
                : span.equals(new Marked(absent, Set.of(), Set.of()));
        return span.isEmpty() ? List.of() : List.of(everything ? Box.ANY : Box.of(fact, span));
    }

    private static TextSpan span(Test test, boolean positive, boolean absent) {
        if (test.value() instanceof Value.Nothing) {
            return positive ? nothing() : new Marked(false, Set.of(), Set.of());
        }
        Set<String> texts = test.value() instanceof Value.Texts list ? new HashSet<>(list.texts())
                : new HashSet<>(Set.of(((Value.Text) test.value()).text()));
        TextMark mark = switch (test.operator()) {
            case EQUAL, UNEQUAL, IN -> null;
            case CONTAINS, EXCLUDES -> TextMark.of(Kind.CONTAINS, texts.iterator().next());
            case STARTS_WITH -> TextMark.of(Kind.STARTS, texts.iterator().next());
            case ENDS_WITH -> TextMark.of(Kind.ENDS, texts.iterator().next());
            case MATCHES -> TextMark.fitting(texts.iterator().next());
            default -> throw new ClassCastException();
        };
        if (mark == null && positive) {
            return new Listed(texts);
        }
        if (mark == null) {
            return new Marked(absent, Set.of(), texts.stream().map(t -> TextMark.of(Kind.EQUALS, t))
                    .collect(Collectors.toSet()));
        }
        if (mark.isAnything()) {
            return positive ? new Marked(false, Set.of(), Set.of()) : nothing();
        }
        return positive ? new Marked(false, Stream.concat(Stream.of(mark), mark.implied().stream())
                .collect(Collectors.toSet()), Set.of()) : new Marked(absent, Set.of(), Set.of(mark));
    }

    private static Listed nothing() {
        Set<String> absent = new HashSet<>();
        absent.add(null);
        return new Listed(absent);
    }

    private static List<Box> flags(String fact, Test test, boolean positive) {
        Set<String> one = Set.of(((Value.Text) test.value()).text());
        boolean has = positive == (test.operator() == Operator.CONTAINS);
        return List.of(Box.of(fact, new FlagSpan(has ? one : Set.of(), has ? Set.of() : one)));
    }
}
