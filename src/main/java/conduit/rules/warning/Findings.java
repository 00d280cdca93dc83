package conduit.rules.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Warnings of one kind: the first hundred, how many there are, and what was spent on finding them. */
final class Findings {

    private static final int MOST = 100;

    private final String what;
    private final long mostEffort;
    private final List<RuleWarning> told = new ArrayList<>();
    private int found;
    private long effort;

    /**
     * @param what       what kind of rules they are, as it continues "there are 5 more …"
     * @param mostEffort in comparisons of two simple rules
     */
    Findings(String what, long mostEffort) {
        this.what = what;
        this.mostEffort = mostEffort;
    }

    void add(Supplier<RuleWarning> warning) {
        if (found++ < MOST) {
            told.add(warning.get());
        }
    }

    void spend(long comparisons) {
        effort += comparisons;
    }

    /** Whether nothing more is to be looked for. */
    boolean isOver() {
        return effort > mostEffort;
    }

    List<RuleWarning> all() {
        List<RuleWarning> all = new ArrayList<>(told);
        if (found > MOST) {
            all.add(RuleWarning.ofAll("There are " + (isOver() ? "at least " : "") + (found - MOST) + " more " + what
                    + ".", "Mend these first, then check again."));
        }
        if (isOver()) {
            all.add(RuleWarning.ofAll("These are too many rules to compare each with each, so the rest was not looked "
                    + "through for " + what + ".", "Write fewer rules that cover more, such as user in ( … )."));
        }
        return all;
    }
}
