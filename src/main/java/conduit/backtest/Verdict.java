package conduit.backtest;

import java.util.List;

/**
 * What the candidate rules make of one recorded request.
 *
 * @param model   the model that it would go to, or null if it would be refused
 * @param rule    the rule that decided or narrowed last, or null if none did
 * @param reason  why
 * @param bandits the models among which the bandit would choose; empty where it would not be asked
 */
record Verdict(String model, String rule, String reason, List<String> bandits) {

    static Verdict to(String model, String rule, String reason) {
        return new Verdict(model, rule, reason, List.of());
    }

    static Verdict refused(String rule, String reason) {
        return new Verdict(null, rule, reason, List.of());
    }

    boolean isRefused() {
        return model == null;
    }
}
