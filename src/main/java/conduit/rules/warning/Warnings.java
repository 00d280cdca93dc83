package conduit.rules.warning;

import conduit.rules.engine.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * What a careful reader would ask an author about rules that are all well-formed: those that can never match, those
 * that never take part because another one decides before them, and those of equal salience that choose differently.
 * It is told from the rules alone. A warning that a rule never matches or never takes part is proven; that two can
 * match the same request means that nothing speaks against it. A rule that only several others hide together is not
 * found.
 */
public final class Warnings {

    /** Comparisons of two simple rules; all pairs of 5,000 rules are 12.5 million. */
    private static final long MOST_EFFORT = 20_000_000;

    private Warnings() {
    }

    /**
     * The warnings about rules: at most a hundred of each kind, and then how many more there are.
     *
     * @param rules of all files in load order; those that are not enabled are left out
     */
    public static List<RuleWarning> of(List<Rule> rules) {
        return of(rules, MOST_EFFORT);
    }

    static List<RuleWarning> of(List<Rule> rules, long mostEffort) {
        List<Ranked> inRank = Ranked.of(rules);
        List<Ranked> living = inRank.stream().filter(rule -> rule.reach().isSome()).toList();
        Findings dead = new Findings("rules that can never match", mostEffort);
        Dead.find(inRank, dead);
        Findings hidden = new Findings("rules that can never take part", mostEffort);
        new Hidden().find(living, hidden);
        Findings ties = new Findings("pairs of equal salience that choose differently", mostEffort);
        Ties.find(inRank, ties);
        List<RuleWarning> all = new ArrayList<>(dead.all());
        all.addAll(hidden.all());
        all.addAll(ties.all());
        return List.copyOf(all);
    }
}
