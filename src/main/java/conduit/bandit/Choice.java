package conduit.bandit;

import java.util.List;

/** The chosen model, every candidate, and the terms and the seed from which the choice can be repeated. */
public record Choice(String model, List<Candidate> candidates, Terms terms, long seed) {
}
