package conduit.bench.rules;

import conduit.Some;
import conduit.bench.rules.BenchRule.Equality;
import conduit.bench.rules.BenchRule.Expression;
import conduit.bench.rules.BenchRule.Member;
import conduit.bench.rules.BenchRule.Range;
import conduit.bench.rules.BenchRule.Word;
import conduit.rules.engine.RuleCompiler;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleSource;

import java.util.List;

/** Conduit's own engine: the rules written as a rule file, compiled, and asked. */
final class ConduitRules {

    private final RuleSet rules;

    private ConduitRules(RuleSet rules) {
        this.rules = rules;
    }

    /** Compiles and warms up, as Conduit does before it puts a set into force. */
    static ConduitRules load(String drl) {
        RuleSet rules = new RuleCompiler(Some.CATALOGUE).compile(List.of(new RuleSource("bench.drl", drl)), "v");
        rules.warmUp();
        return new ConduitRules(rules);
    }

    /** The name of the rule that decides, or null. */
    String decide(Asked asked) {
        List<String> fired = rules.decide(asked.fact()).fired();
        return fired.isEmpty() ? null : fired.get(fired.size() - 1);
    }

    /** @param equalityLast whether a text's equality is written behind the number's comparison, not before it */
    static String drl(List<BenchRule> rules, boolean equalityLast) {
        StringBuilder text = new StringBuilder();
        for (BenchRule rule : rules) {
            text.append("rule \"").append(rule.name()).append("\"  salience ").append(rule.priority())
                    .append("\nwhen  $route : Route()  Request( ").append(condition(rule, equalityLast))
                    .append(" )\nthen  $route.to(\"").append(rule.model()).append("\", \"").append(rule.name())
                    .append("\");\nend\n\n");
        }
        return text.toString();
    }

    private static String condition(BenchRule rule, boolean equalityLast) {
        if (rule.when() instanceof Equality when) {
            String text = "agentType == \"" + when.agentType() + "\"";
            String number = "tokenCount > " + when.moreThan();
            return equalityLast ? number + ", " + text : text + ", " + number;
        }
        if (rule.when() instanceof Range when) {
            return "tokenCount >= " + when.from() + ", tokenCount <= " + when.to();
        }
        if (rule.when() instanceof Word when) {
            return "prompt contains \"" + when.word() + "\"";
        }
        if (rule.when() instanceof Member when) {
            return "flags contains \"" + when.flag() + "\"";
        }
        return "prompt matches \"(?s).*" + ((Expression) rule.when()).pattern() + ".*\"";
    }
}
