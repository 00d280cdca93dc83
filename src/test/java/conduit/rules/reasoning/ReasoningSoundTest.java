package conduit.rules.reasoning;

import conduit.expression.Deadline;
import conduit.expression.Expression;
import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.rules.condition.Condition;
import conduit.rules.condition.Truth;
import conduit.rules.condition.Value;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Matching;
import conduit.rules.fact.Request;
import conduit.rules.text.Quoted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Random conditions against random requests over the same few values, so that many of them are near misses. */
class ReasoningSoundTest {

    private static final int CONDITIONS = 1_500;
    private static final int REQUESTS = 250;
    private static final String[] TEXTS = {"", "a", "b", "ab", "ba", "abc", "aba", "bxa", "a\nb", "file", "MONDAY", "b.*", "null"};
    private static final String[] EXPRESSIONS = {"a.*", ".*b", ".*a.*", "(?s).*a.*", "(?s).*", "ab", "[ab]+", "(?i)AB?",
            "(?s:.*)(?:b)(?s:.*)", ".*", "", "(?s)a.*", "a|b", "a.*b"};
    private static final Map<String, Expression> COMPILED = Stream.of(EXPRESSIONS)
            .collect(Collectors.toMap(e -> e, Expression::compile));
    private static final String[] TEXT_FACTS = {"prompt", "message", "system", "user", "agentId", "session",
            "metadata[\"a\"]", "inlet", "id"};
    private static final String[] NUMBER_FACTS = {"tokenCount", "hour", "dailySpendUsd", "monthlySpendUsd"};
    private static final String[] NUMBERS = {"0", "1", "2", "2.5", "3", "22", "23", "24", "-1", "0.5"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noRequestMeetsWhatIsSaidNeverToHoldAndNoneContradictsWhatIsSaidToFollow(long seed) {
        Random random = new Random(seed);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(request(random));
        }
        int never = 0;
        int follows = 0;
        int apart = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            String fact = one(random, TEXT_FACTS);
            Condition one = condition(random, 2, fact);
            Condition other = random.nextInt(3) > 0 ? condition(random, 2, fact)
                    : new Condition.Any(List.of(condition(random, 1, fact), condition(random, 1, fact), one.parts().isEmpty() ? one
                    : one.parts().get(0)));
            boolean canHold = Reasoning.canHold(one);
            boolean implies = Reasoning.implies(one, other);
            boolean canBoth = Reasoning.canBoth(one, other);
            Reach reach = Reach.of(one);
            assertThat(reach.isSome()).isEqualTo(canHold);
            boolean within = reach.isWithin(Reach.of(other));
            boolean meets = reach.meets(Reach.of(other));
            never += canHold ? 0 : 1;
            follows += implies && canHold ? 1 : 0;
            apart += canBoth ? 0 : 1;
            for (Request request : requests) {
                boolean first = one.on(request) == Truth.TRUE;
                boolean second = other.on(request) != Truth.FALSE;
                boolean both = other.on(request) == Truth.TRUE && first;
                if (first && !canHold || first && !second && (implies || within) || both && (!canBoth || !meets)) {
                    fail("%s and %s: %b %b of one request, but canHold %b, implies %b, canBoth %b", one.drl(),
                            other.drl(), first, second, canHold, implies, canBoth);
                }
            }
        }
        assertThat(never).as("how many were found never to hold").isGreaterThan(20);
        assertThat(follows).as("how many were found to follow").isGreaterThan(20);
        assertThat(apart).as("how many were found never to hold together").isGreaterThan(40);
    }

    private static Condition condition(Random random, int depth, String fact) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return ReasoningTest.read(comparison(random, random.nextInt(4) > 0 ? fact : one(random, TEXT_FACTS)));
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i >= 0; i--) {
            parts.add(condition(random, depth - 1, fact));
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Condition.Any(parts);
            case 1 -> new Condition.Not(parts.get(0));
            case 2 -> new Condition.Pattern(parts);
            case 3 -> new Condition.Not(new Condition.All(parts));
            default -> new Condition.All(parts);
        };
    }

    private static String comparison(Random random, String fact) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> one(random, "tokenCount", "hour", "dailySpendUsd") + " "
                    + one(random, "<", ">", "<=", ">=", "==", "!=") + " " + one(random, NUMBERS);
            case 2 -> one(random, NUMBER_FACTS) + " in ( " + one(random, NUMBERS) + ", " + one(random, NUMBERS) + " )";
            case 3 -> "flags " + one(random, "contains", "excludes", "not contains") + " " + text(random);
            case 4 -> one(random, "user " + one(random, "==", "!=", "contains", "not str[startsWith]") + " agentId",
                    "user " + one(random, "memberOf", "not memberOf") + " flags",
                    "flags " + one(random, "contains", "excludes") + " user",
                    "hour " + one(random, "<", ">", "<=", ">=", "==", "!=") + " tokenCount", "agentId != user",
                    "tokenCount " + one(random, "<", ">", "<=", ">=", "==", "!=") + " hour", "prompt == message",
                    "dayOfWeek " + one(random, "==", "!=") + " \"" + one(random, "MONDAY", "SUNDAY") + "\"");
            case 5 -> fact + " " + one(random, "matches", "not matches") + " "
                    + Quoted.quote(one(random, EXPRESSIONS));
            case 6 -> fact + " " + one(random, "== null", "!= null", "in ( \"a\", \"ab\", \"http\" )",
                    "not in ( \"a\", \"b\", \"file\" )");
            default -> fact + " " + one(random, "==", "!=", "contains",
                    "not contains", "excludes", "str[startsWith]", "not str[startsWith]", "str[endsWith]",
                    "not str[endsWith]") + " " + text(random);
        };
    }

    private static Request request(Random random) {
        Map<String, Object> notes = new HashMap<>();
        notes.put("a", maybe(random));
        LlmRequest asked = new LlmRequest(one(random, TEXTS), "p", one(random, TEXTS), one(random, TEXTS),
                new Agent(maybe(random), null), maybe(random), maybe(random), null,
                Arrays.asList(TEXTS).subList(0, random.nextInt(5)), null, null, Constraints.NONE, notes,
                Inlet.values()[random.nextInt(3)]);
        Request request = new Request(asked, new Circumstances(random.nextInt(5), one(random, 0, 1, 2, 3, 22, 23),
                DayOfWeek.of(1 + random.nextInt(7)), new BigDecimal(one(random, "0", "0.5", "1", "2", "2.5", "3")),
                BigDecimal.ONE, random.nextInt(10) > 0));
        return request.with(new Matching(COMPILED, Deadline.none()));
    }

    private static String text(Random random) {
        return Quoted.quote(one(random, TEXTS));
    }

    private static String maybe(Random random) {
        return random.nextInt(4) == 0 ? null : one(random, TEXTS);
    }

    @SafeVarargs
    private static <T> T one(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }
}
