package conduit.rules.engine;

import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.rules.condition.Condition;
import conduit.rules.condition.Operand;
import conduit.rules.condition.Operator;
import conduit.rules.condition.Test;
import conduit.rules.condition.Value;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions and requests by chance, from so few values that many conditions hold. */
final class RandomRules {

    private static final List<String> TEXTS = Arrays.asList("", "a", "ann", "Ann", "an", " a", "5", "5.0", "null", "true",
            "MONDAY", "http", "say \"a\"", "\\a", "a\nb", "a\tb", "ä", "日本", "👩", "a\u0000b", "$a", "${a}", "a'b", "//a");
    private static final List<String> EXPRESSIONS = List.of("a.*", "(?i)ANN", ".*", "", "[a-z]+", "a|ann", "\\\\a", "a\\sb",
            "(?s).*a.*", "\\d", "say \"a\"");
    private static final List<String> FIELDS = List.of("id", "project", "prompt", "message", "system", "agentId",
            "agentType", "session", "user", "category", "inlet", "dayOfWeek");
    private static final List<String> NUMBERS = List.of("tokenCount", "hour", "dailySpendUsd", "monthlySpendUsd");
    private static final List<String> AMOUNTS = List.of("0", "1", "5", "12", "20", "1.5", "0.1", "0.3", "0.30000000000000004",
            "123456.789", "0.000000001", "999999999", "23");
    private static final List<Operator> ORDERS = List.of(Operator.EQUAL, Operator.UNEQUAL, Operator.LESS, Operator.MORE,
            Operator.AT_MOST, Operator.AT_LEAST);

    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** What a rule may say outside of {@code Request( … )}. */
    Condition outside(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(6);
        return switch (kind) {
            case 1 -> new Condition.All(several(() -> outside(depth - 1)));
            case 2 -> new Condition.Any(several(() -> outside(depth - 1)));
            case 3 -> new Condition.Not(outside(depth - 1));
            default -> new Condition.Pattern(several(() -> inside(3)));
        };
    }

    /** What it may say inside. */
    Condition inside(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(6);
        return switch (kind) {
            case 1 -> new Condition.All(several(() -> inside(depth - 1)));
            case 2 -> new Condition.Any(several(() -> inside(depth - 1)));
            case 3 -> new Condition.Not(inside(depth - 1));
            default -> comparison();
        };
    }

    private List<Condition> several(Supplier<Condition> part) {
        return Stream.generate(part).limit(2 + random.nextInt(2)).toList();
    }

    private Condition comparison() {
        int kind = random.nextInt(10);
        return kind < 3 ? number() : kind < 5 ? list() : text();
    }

    private Test number() {
        Operand field = new Operand.Field(one(NUMBERS));
        if (random.nextInt(4) == 0) {
            return new Test(field, random.nextBoolean(), Operator.IN, new Value.Numbers(
                    Stream.generate(this::amount).limit(1 + random.nextInt(3)).toList()));
        }
        return random.nextInt(10) == 0 ? new Test(field, false, one(List.of(Operator.EQUAL, Operator.UNEQUAL)),
                new Value.Nothing()) : new Test(field, false, one(ORDERS), random.nextInt(4) == 0
                ? new Operand.Field(one(NUMBERS)) : new Value.Number(amount()));
    }

    private BigDecimal amount() {
        BigDecimal amount = new BigDecimal(one(AMOUNTS));
        BigDecimal written = amount.scale() > 9 ? BigDecimal.ONE : amount;
        return random.nextInt(5) == 0 ? written.negate() : random.nextInt(5) == 0 && written.scale() == 0
                ? written.setScale(1) : written;
    }

    private Test list() {
        boolean negated = random.nextBoolean();
        if (random.nextInt(3) == 0) {
            return new Test(textual(), negated, Operator.MEMBER_OF, new Operand.Field("flags"));
        }
        return new Test(new Operand.Field("flags"), negated, one(List.of(Operator.CONTAINS, Operator.EXCLUDES)),
                random.nextInt(3) == 0 ? textual() : new Value.Text(one(TEXTS)));
    }

    private Operand textual() {
        return random.nextInt(4) == 0 ? new Operand.Note(one(List.of("a", "n", "no", "ä b.-_:/日本")))
                : new Operand.Field(one(FIELDS));
    }

    private Test text() {
        Operand field = textual();
        boolean day = field.equals(new Operand.Field("dayOfWeek"));
        Operator operator = one(List.of(Operator.EQUAL, Operator.UNEQUAL, Operator.MATCHES, Operator.CONTAINS,
                Operator.EXCLUDES, Operator.IN, Operator.STARTS_WITH, Operator.ENDS_WITH));
        boolean equality = operator == Operator.EQUAL || operator == Operator.UNEQUAL;
        boolean negated = !equality && random.nextBoolean();
        Supplier<String> value = () -> day ? one(List.of("MONDAY", "SUNDAY")) : one(TEXTS);
        if (operator == Operator.IN) {
            return new Test(field, negated, operator, new Value.Texts(
                    Stream.generate(value).limit(1 + random.nextInt(3)).toList()));
        }
        return new Test(field, negated, operator, operator == Operator.MATCHES ? new Value.Text(one(EXPRESSIONS))
                : equality && random.nextInt(5) == 0 ? new Value.Nothing() : random.nextInt(3) == 0 ? textual()
                : new Value.Text(value.get()));
    }

    Request request() {
        Map<String, Object> notes = new HashMap<>();
        List.of("a", "ä b.-_:/日本").forEach(name -> notes.put(name, maybe()));
        notes.put("n", one(List.of(5, true, List.of("a"), Map.of("a", 1))));
        List<String> flags = new ArrayList<>(Stream.generate(() -> one(TEXTS)).limit(random.nextInt(4)).toList());
        LlmRequest asked = new LlmRequest(one(TEXTS), one(TEXTS), one(TEXTS), one(TEXTS), new Agent(maybe(), maybe()),
                maybe(), maybe(), maybe(), flags, null, null, Constraints.NONE, notes, one(List.of(Inlet.values())));
        return new Request(asked, new Circumstances(one(List.of(0, 1, 5, 12, 20, 999_999_999, Integer.MAX_VALUE)),
                one(List.of(0, 1, 5, 12, 20, 23)), one(List.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
                new BigDecimal(one(AMOUNTS)), new BigDecimal(one(AMOUNTS)), true));
    }

    private String maybe() {
        return random.nextInt(3) == 0 ? null : one(TEXTS);
    }

    /** A condition outside of {@code Request( … )} as an author would write it. */
    static String drl(Condition condition) {
        if (condition instanceof Condition.Pattern pattern) {
            return pattern.parts().stream().map(Condition::drl).collect(Collectors.joining(", ", "Request( ", " )"));
        }
        if (condition instanceof Condition.Not not) {
            return "not( " + drl(not.part()) + " )";
        }
        return condition.parts().stream().map(RandomRules::drl).collect(Collectors.joining(
                condition instanceof Condition.Any ? " or " : " and ", "( ", " )"));
    }
}
