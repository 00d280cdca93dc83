package conduit.rules.warning;

import conduit.rules.engine.Rule;
import conduit.rules.reasoning.Reach;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An enabled rule at its place in the order in which rules are tried, and what it reaches.
 *
 * @param rank   from 0
 * @param choice what it chooses
 */
record Ranked(int rank, Rule rule, Reach reach, Choice choice) {

    static List<Ranked> of(List<Rule> rules) {
        List<Rule> inRank = rules.stream().filter(Rule::enabled)
                .sorted(Comparator.comparing((Rule r) -> r.info().salience()).reversed()).toList();
        return IntStream.range(0, inRank.size()).mapToObj(rank -> new Ranked(rank, inRank.get(rank),
                Reach.of(inRank.get(rank).condition()), Choice.of(inRank.get(rank)))).toList();
    }

    int salience() {
        return rule.info().salience();
    }

    /** Whether both are rows of one decision table, which is read from top to bottom. */
    boolean isInTableOf(Ranked other) {
        String file = rule.info().file();
        return file.equals(other.rule.info().file()) && (file.endsWith(".drl.csv") || file.endsWith(".drl.xlsx"));
    }
}
