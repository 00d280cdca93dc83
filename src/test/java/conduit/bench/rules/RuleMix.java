package conduit.bench.rules;

import conduit.bench.rules.BenchRule.Equality;
import conduit.bench.rules.BenchRule.Expression;
import conduit.bench.rules.BenchRule.Member;
import conduit.bench.rules.BenchRule.Range;
import conduit.bench.rules.BenchRule.When;
import conduit.bench.rules.BenchRule.Word;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A seeded set of rules: 40 % text equality and a number, 25 % a number between two, 20 % a word in the prompt, 10 %
 * a member of a list, 5 % a regular expression, in a random order of priority.
 *
 * @param rules by falling priority
 */
record RuleMix(Profile profile, long seed, List<BenchRule> rules) {

    /** Types of agents, in rules and in requests. */
    static final int TYPES = 50;
    /** Flags that every request carries where most rules match. */
    static final int COMMON_FLAGS = 5;
    static final String COMMON_TYPE = "support";
    /** Prompts have at most 500 tokens; where few rules match, numbers in rules are beyond that. */
    private static final int BEYOND = 600;
    private static final int SPREAD = 5_000;
    /** Of the rules where most match. */
    private static final double MATCHING = 0.85;

    private static final String[] MODELS = {"claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"};
    /** 20 rules' kinds; the first 10 are of much the same mix. */
    private static final String KINDS = "ERWEREMEWXERWERMEEWR";

    static RuleMix of(int size, Profile profile, long seed) {
        SplittableRandom random = new SplittableRandom(seed + size);
        List<When> conditions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean matching = profile == Profile.MOST && random.nextDouble() < MATCHING;
            char kind = KINDS.charAt(i % KINDS.length());
            conditions.add(matching ? matching(kind, random) : rare(kind, random));
        }
        Collections.shuffle(conditions, new Random(random.nextLong()));
        List<BenchRule> rules = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rules.add(new BenchRule(size - i, MODELS[i % MODELS.length], conditions.get(i)));
        }
        return new RuleMix(profile, seed, List.copyOf(rules));
    }

    /** The other 95 %. */
    RuleMix withoutExpressions() {
        return new RuleMix(profile, seed,
                rules.stream().filter(rule -> !(rule.when() instanceof Expression)).toList());
    }

    private static When rare(char kind, SplittableRandom random) {
        int beyond = BEYOND + random.nextInt(SPREAD);
        return switch (kind) {
            case 'E' -> new Equality(type(random), beyond);
            case 'R' -> new Range(beyond, beyond + 1 + random.nextInt(20));
            case 'W' -> new Word(Words.rare(random));
            case 'M' -> new Member(Words.rare(random));
            default -> new Expression(Words.rare(random));
        };
    }

    private static When matching(char kind, SplittableRandom random) {
        int low = random.nextInt(40);
        return switch (kind) {
            case 'E' -> new Equality(COMMON_TYPE, low);
            case 'R' -> new Range(low, BEYOND + random.nextInt(SPREAD));
            case 'W' -> {
                int at = random.nextInt(Words.COMMON.length() - 20);
                yield new Word(Words.COMMON.substring(at, at + random.nextInt(4, 20)));
            }
            case 'M' -> new Member("common-" + random.nextInt(COMMON_FLAGS));
            default -> new Expression(Words.BEFORE_NUMBER.substring(
                    random.nextInt(Words.BEFORE_NUMBER.length() - 2)));
        };
    }

    static String type(SplittableRandom random) {
        return "type-" + random.nextInt(TYPES);
    }
}
