package conduit.bench.rules;

import conduit.bench.rules.BenchRule.Equality;
import conduit.bench.rules.BenchRule.Expression;
import conduit.bench.rules.BenchRule.Member;
import conduit.bench.rules.BenchRule.Range;
import conduit.bench.rules.BenchRule.Word;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The plainest engine there can be: one predicate after the other until one holds. */
final class LinearScan {

    private final BenchRule[] rules;
    private final Predicate<Asked>[] tests;

    /** @param rules by falling priority */
    @SuppressWarnings("unchecked")
    LinearScan(List<BenchRule> rules) {
        this.rules = rules.toArray(BenchRule[]::new);
        this.tests = rules.stream().map(LinearScan::test).toArray(Predicate[]::new);
    }

    private static Predicate<Asked> test(BenchRule rule) {
        if (rule.when() instanceof Equality when) {
            return asked -> when.agentType().equals(asked.agentType()) && asked.tokenCount() > when.moreThan();
        }
        if (rule.when() instanceof Range when) {
            return asked -> asked.tokenCount() >= when.from() && asked.tokenCount() <= when.to();
        }
        if (rule.when() instanceof Word when) {
            return asked -> asked.prompt().contains(when.word());
        }
        if (rule.when() instanceof Member when) {
            return asked -> asked.flags().contains(when.flag());
        }
        Pattern pattern = Pattern.compile(((Expression) rule.when()).pattern());
        return asked -> pattern.matcher(asked.prompt()).find();
    }

    /** The name of the rule that decides, or null. */
    String decide(Asked asked) {
        for (int i = 0; i < tests.length; i++) {
            if (tests[i].test(asked)) {
                return rules[i].name();
            }
        }
        return null;
    }
}
