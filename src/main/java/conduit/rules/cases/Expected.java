package conduit.rules.cases;

import conduit.rules.engine.RuleOutcome;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a row demands of the rules; a null member demands nothing.
 *
 * @param decision a model's full id, {@link #DENY}, or {@link #NONE}: no rule decides
 * @param rule     the rule that decides or, where none does, takes part; {@link #NONE}: no rule decides
 * @param category the category that rules set; {@link #NONE}: none
 * @param among    the models to which rules narrow the choice, in any order; an empty list: to none in particular
 * @param reason   the reason that the rules give
 */
public record Expected(String decision, String rule, String category, List<String> among, String reason) {

    /** The decision that nobody answers. */
    public static final String DENY = "deny";
    /** That there is none. */
    public static final String NONE = "-";

    private static final Set<String> DENIALS = Set.of(DENY, "denied");
    private static final Set<String> NOTHING = Set.of(NONE, "none", "–", "—");

    public Expected {
        among = among == null ? null : List.copyOf(among);
    }

    /** @param hasModels whether the table has a column for models, in which a blank cell means that no rule decides */
    static Expected read(Cells cells, boolean hasModels) {
        String model = orNone(cells.expected(Column.MODEL));
        String decision = model == null ? hasModels ? NONE : null
                : DENIALS.contains(model.toLowerCase(Locale.ROOT)) ? DENY : model;
        String among = orNone(cells.expected(Column.AMONG));
        return new Expected(decision, orNone(cells.expected(Column.RULE)), orNone(cells.expected(Column.CATEGORY)),
                among == null ? null : among.equals(NONE) ? List.of() : Cells.list(among),
                cells.expected(Column.REASON));
    }

    private static String orNone(String text) {
        return text != null && NOTHING.contains(text.toLowerCase(Locale.ROOT)) ? NONE : text;
    }

    /** Whether it demands anything at all. */
    boolean isEmpty() {
        return decision == null && rule == null && category == null && among == null && reason == null;
    }

    /** Whether the decision is as demanded, and made by the rule that is named. */
    boolean holdsFor(Answer answer) {
        return (decision == null || decision.equals(answer.decision())) && ruleHoldsFor(answer);
    }

    private boolean ruleHoldsFor(Answer answer) {
        boolean decided = !answer.decision().equals(NONE);
        return rule == null || (rule.equals(NONE) ? !decided : decided ? rule.equals(answer.rule())
                : answer.outcome().fired().contains(rule));
    }

    boolean categoryHoldsFor(RuleOutcome outcome) {
        return category == null || (category.equals(NONE) ? outcome.category() == null
                : category.equals(outcome.category()));
    }

    boolean amongHoldsFor(RuleOutcome outcome) {
        return among == null || (among.isEmpty() ? outcome.among() == null
                : outcome.among() != null && Set.copyOf(among).equals(Set.copyOf(outcome.among())));
    }
}
