package conduit.rules.engine;

import java.util.List;

public final class Warnings {
    public static List<RuleWarning> of(List<Rule> rules) {
        return List.of();
    }
}
