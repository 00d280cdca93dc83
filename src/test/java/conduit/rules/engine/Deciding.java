package conduit.rules.engine;

import conduit.Some;
import conduit.request.LlmRequest;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleSource;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Arrays;

/** Compiles rule files and asks them. */
public final class Deciding {

    /** A Saturday. */
    public static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-21T12:00:00Z");

    private Deciding() {
    }

    public static RuleSet compile(RuleSource... sources) {
        RuleCompiler compiler = new RuleCompiler(Some.CATALOGUE);
        for (RuleSource source : sources) {
            if (!compiler.check(source).isEmpty()) {
                throw new AssertionError(compiler.check(source));
            }
        }
        return compiler.compile(Arrays.asList(sources), "v");
    }

    public static RuleOutcome ask(RuleSet rules, String request, ZonedDateTime at) {
        LlmRequest asked = Some.request(request);
        return rules.decide(new Request(asked, Circumstances.of(asked, at, new BigDecimal("1.5"),
                new BigDecimal("20"))));
    }

    public static RuleOutcome ask(RuleSet rules, String request) {
        return ask(rules, request, NOON);
    }

    /** The source of a file with one rule that has this condition. */
    public static RuleSource when(String condition) {
        return new RuleSource("x.drl", rule("R", 0, condition, "$route.to(\"claude-opus-5-5\", \"why\");"));
    }

    public static String rule(String name, int salience, String condition, String then) {
        return "rule \"" + name + "\" salience " + salience + "\nwhen\n  $route : Route()\n  " + condition + "\nthen\n  "
                + then + "\nend\n";
    }
}
