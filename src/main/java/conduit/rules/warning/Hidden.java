package conduit.rules.warning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds rules that never take part because one before them decides whenever they hold. */
final class Hidden {

    private final Map<String, List<Ranked>> deciding = new HashMap<>();

    void find(List<Ranked> rules, Findings findings) {
        for (Ranked rule : rules) {
            Ranked before = before(rule, findings);
            if (before != null) {
                findings.add(() -> warning(rule, before));
            } else if (rule.choice().decides()) {
                rule.reach().words().forEach(word -> deciding.computeIfAbsent(word, w -> new ArrayList<>()).add(rule));
            }
            if (findings.isOver()) {
                return;
            }
        }
    }

    /** The first rule that hides this one, or null. */
    private Ranked before(Ranked rule, Findings findings) {
        Ranked first = null;
        for (String word : rule.reach().lookups()) {
            for (Ranked one : deciding.getOrDefault(word, List.of())) {
                if (first != null && one.rank() >= first.rank() || findings.isOver()) {
                    break;
                }
                findings.spend(rule.reach().effort(one.reach()));
                if (rule.reach().isWithin(one.reach())) {
                    first = one;
                }
            }
        }
        return first;
    }

    private static RuleWarning warning(Ranked hidden, Ranked by) {
        String name = "\"" + hidden.rule().info().name() + "\"";
        String other = "\"" + by.rule().info().name() + "\"";
        if (hidden.isInTableOf(by)) {
            name = "row " + hidden.rule().info().line();
            other = "row " + by.rule().info().line();
        }
        return RuleWarning.of(hidden.rule(), by.rule(), upper(name) + " can never take part: whenever it matches, "
                + other + " matches too, is tried first and decides.", hidden.isInTableOf(by)
                && hidden.salience() == by.salience() ? "Move " + name + " above " + other + ", or remove it."
                : "Give " + name + " a salience above " + by.salience() + ", narrow " + other + ", or remove " + name
                + ".");
    }

    private static String upper(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
