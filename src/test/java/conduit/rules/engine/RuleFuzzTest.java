package conduit.rules.engine;

import conduit.Some;
import conduit.rules.condition.Condition;
import conduit.rules.condition.ConditionParser;
import conduit.rules.condition.Truth;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever becomes of a rule file, it is read or refused without an exception, what was read decides as its tree says,
 * and nothing in it runs as code. {@code -Dfuzz=200000} tries longer, {@code -Dfuzz.seed=7} otherwise.
 */
class RuleFuzzTest {

    private static final List<String> PIECES = List.of("(", ")", "[", "]", "{", "}", "\"", "'", "\\", ",", ";", ".", "..",
            "!", "==", "=", "&&", "||", " and ", " or ", " not ", " exists ", " in ", "$route", "$u : ", "null", "true",
            "-", "0.5", "//", "/*", "*/", "#", "\n", "\r\n", "\0", "\u200b", "\u00e9", "\ud800", "rule ", "when\n",
            "then\n", "end\n", "salience 5 ", "enabled false ", "eval(", "from ", "this", "import a.B;\n",
            "conduit.rules.engine.Tripwire.touch()", "System.setProperty(\"conduit.tripwire\", \"1\")");
    private static final List<String> WORDS = List.of("user", "prompt", "tokenCount", "flags", "metadata[\"a\"]", "hour",
            "category", "dailySpendUsd", "==", "!=", "<", ">=", "contains", "not contains", "matches", "in", "not in",
            "memberOf", "excludes", "str[startsWith]", "\"a\"", "\"\"", "null", "5", "-5", "1.5", "( 1, 2 )", "( \"a\" )", "&&",
            "||", ",", "!", "not", "exists", "and", "or", "Request()", "$u : user", "$u", "true");
    private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

    private final Random random = new Random(Long.getLong("fuzz.seed", 1));
    private final List<String> good = good();
    private final List<String> hostile = HostileRuleTest.all().filter(t -> t.length() < 2_000).toList();
    private final List<Request> requests;
    private int read;

    RuleFuzzTest() {
        RandomRules chance = new RandomRules(5);
        requests = Stream.generate(chance::request).limit(3).toList();
    }

    private static List<String> good() {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("rules"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".drl")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        RandomRules chance = new RandomRules(6);
        IntStream.range(0, 60).forEach(i -> texts.add(Deciding.rule("R", i, RandomRules.drl(chance.outside(1)),
                "$route.to(\"claude-opus-5-5\", \"why\");")));
        texts.add(Deciding.rule("R", 0, "Request( $u : user, $u == \"ann\", tokenCount > 5 && < 9 )",
                "// remark\n $route.among(\"a\", \"claude-opus-5-5\"); /* two */ $route.category(\"c\");"));
        return texts;
    }

    @Test
    void noMutantDoesHarm() {
        int mutants = Integer.getInteger("fuzz", 2_000);
        for (int i = 0; i < mutants; i++) {
            String text = pick(good);
            for (int change = random.nextInt(8) / 4 * random.nextInt(3); change >= 0; change--) {
                text = mutate(text);
            }
            check(text);
        }
        assertThat(read).as("mutants that are rules").isGreaterThan(mutants / 50);
        assertThat(Tripwire.isUntouched()).as("nothing ran").isTrue();
    }

    private void check(String text) {
        try {
            ReadRules rules = new DrlReader(Some.CATALOGUE).read(new RuleSource("x.drl", text), Map.of());
            assertThat(rules.problems()).allSatisfy(problem -> {
                assertThat(problem.message()).isNotBlank().doesNotContain("xception");
                assertThat(problem.fix()).isNotBlank();
            });
            for (Rule rule : rules.rules()) {
                decide(rule);
            }
        } catch (Exception | StackOverflowError e) {
            throw new AssertionError("seed " + Long.getLong("fuzz.seed", 1) + ", of\n" + text, e);
        }
    }

    private void decide(Rule rule) throws Exception {
        read++;
        for (Condition part : inside(rule.condition()).toList()) {
            if (!part.drl().equals("true")) {
                assertThat(ConditionParser.parse(part.drl(), new HashMap<>()).drl()).isEqualTo(part.drl());
            }
        }
        RuleSet engine = new RuleSet("v", List.of(rule), RuleSet.Bounds.DEFAULT);
        for (Request request : requests) {
            assertThat(engine.decide(request).fired().isEmpty()).as(rule.condition().drl())
                    .isEqualTo(!rule.enabled() || rule.condition().on(request) != Truth.TRUE);
        }
    }

    private static Stream<Condition> inside(Condition condition) {
        return condition instanceof Condition.Pattern ? condition.parts().stream()
                : condition.parts().stream().flatMap(RuleFuzzTest::inside);
    }

    private String mutate(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(40));
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, to) + text.substring(from);
            case 2 -> text.substring(0, from) + pick(PIECES) + text.substring(from);
            case 3 -> text.substring(0, from) + pick(PIECES) + text.substring(to);
            case 4 -> flipped(text);
            case 5 -> changed(text, tokens -> Collections.swap(tokens, random.nextInt(tokens.size()),
                    random.nextInt(tokens.size())));
            case 6, 7 -> changed(text, tokens -> tokens.set(random.nextInt(tokens.size()), pick(WORDS)));
            default -> spliced(text, from);
        };
    }

    private String flipped(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String changed(String text, Consumer<List<String>> change) {
        List<String> tokens = new ArrayList<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
        if (!tokens.isEmpty()) {
            change.accept(tokens);
        }
        return String.join("", tokens);
    }

    private String spliced(String text, int from) {
        String other = pick(random.nextBoolean() ? good : hostile);
        return text.substring(0, from) + other.substring(random.nextInt(other.length() + 1));
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
