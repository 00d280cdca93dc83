package conduit.rules.warning;

import java.util.List;

/** Finds rules of equal salience that can both match and choose differently. */
final class Ties {

    private Ties() {
    }

    static void find(List<Ranked> rules, Findings findings) {
        for (Ranked first : rules) {
            for (int i = first.rank() + 1; i < rules.size() && rules.get(i).salience() == first.salience(); i++) {
                if (findings.isOver()) {
                    return;
                }
                Ranked second = rules.get(i);
                findings.spend(1);
                if (!first.choice().differs(second.choice()) || first.isInTableOf(second)) {
                    continue;
                }
                findings.spend(first.reach().effort(second.reach()) - 1);
                if (first.reach().meets(second.reach())) {
                    findings.add(() -> warning(first, second));
                }
            }
        }
    }

    private static RuleWarning warning(Ranked first, Ranked second) {
        return RuleWarning.of(first.rule(), second.rule(), "Both have salience " + first.salience() + ", can match the "
                + "same request and choose differently (" + first.choice().against(second.choice())
                + "); the first in this order wins.", "Give the one that should win a higher salience.");
    }
}
