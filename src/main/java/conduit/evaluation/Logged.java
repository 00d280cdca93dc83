package conduit.evaluation;

import conduit.bandit.Candidate;
import conduit.bandit.Context;
import conduit.bandit.Terms;

import java.util.List;

/**
 * One recorded choice of the bandit and what came of it.
 *
 * @param candidates what it weighed, with the propensity of each; at least one
 * @param terms      by which it chose
 * @param model      the one that answered, which is a candidate
 * @param reward     how good the answer was, 0 to 1
 * @param costUsd    what it cost, US dollars
 */
public record Logged(Context context, List<Candidate> candidates, Terms terms, String model, double reward,
                     double costUsd) {

    public Logged {
        candidates = List.copyOf(candidates);
        if (candidates.stream().noneMatch(c -> c.model().equals(model))) {
            throw new IllegalArgumentException(model + " is not among the candidates");
        }
    }

    /** The index of the model that answered. */
    int chosen() {
        int i = 0;
        while (!candidates.get(i).model().equals(model)) {
            i++;
        }
        return i;
    }
}
