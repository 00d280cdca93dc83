package conduit.rules;

import conduit.Some;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Arrays;

/** Compiles rule files and asks them. */
final class Deciding {

    /** A Saturday. */
    static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-21T12:00:00Z");

    private Deciding() {
    }

    static RuleSet compile(RuleSource... sources) {
        RuleCompiler compiler = new RuleCompiler(Some.CATALOGUE);
        for (RuleSource source : sources) {
            if (!compiler.check(source).isEmpty()) {
                throw new AssertionError(compiler.check(source));
            }
        }
        return compiler.compile(Arrays.asList(sources), "v");
    }

    static RuleOutcome ask(RuleSet rules, String request, ZonedDateTime at) {
        return rules.decide(new Request(Some.request(request), at, new BigDecimal("1.5"), new BigDecimal("20")));
    }

    static RuleOutcome ask(RuleSet rules, String request) {
        return ask(rules, request, NOON);
    }

    /** The source of a file with one rule that has this condition. */
    static RuleSource when(String condition) {
        return new RuleSource("x.drl", rule("R", 0, condition, "$route.to(\"claude-opus-5-5\", \"why\");"));
    }

    static String rule(String name, int salience, String condition, String then) {
        return "rule \"" + name + "\" salience " + salience + "\nwhen\n  $route : Route()\n  " + condition + "\nthen\n  "
                + then + "\nend\n";
    }
}
