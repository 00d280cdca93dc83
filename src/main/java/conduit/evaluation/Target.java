package conduit.evaluation;

import conduit.bandit.Arm;
import conduit.bandit.Candidate;
import conduit.bandit.Choice;
import conduit.bandit.Posterior;
import conduit.bandit.Terms;
import conduit.bandit.ThompsonSampler;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A policy to be judged by the record. */
public sealed interface Target {

    /**
     * With which probability it would have chosen each candidate, in their order; null where it could choose none of them.
     */
    double[] chances(Logged logged);

    /**
     * The sampler at a price of quality, with what was believed at each choice, and without a lot among all models.
     *
     * @param lambda the price, or null for that by which each choice was made
     */
    record Sampler(Double lambda) implements Target {

        @Override
        public double[] chances(Logged logged) {
            Terms terms = logged.terms().withoutLot();
            Choice choice = ThompsonSampler.choose(logged.candidates().stream().map(Sampler::arm).toList(),
                    lambda == null ? terms : terms.at(lambda), 0);
            return choice.candidates().stream().mapToDouble(Candidate::propensity).toArray();
        }

        private static Arm arm(Candidate candidate) {
            return new Arm(candidate.model(), new Posterior(candidate.alpha(), candidate.beta(), 0),
                    candidate.expectedCostUsd());
        }
    }

    /** The candidate that was expected to cost least. */
    record Cheapest() implements Target {

        @Override
        public double[] chances(Logged logged) {
            Candidate least = logged.candidates().stream().min(Comparator.comparing(Candidate::expectedCostUsd)).orElseThrow();
            return only(logged, least.model());
        }
    }

    /** The baseline; where it was no candidate, the one that was expected to cost most. */
    record Largest(String baseline) implements Target {

        @Override
        public double[] chances(Logged logged) {
            double[] chances = only(logged, baseline);
            return chances != null ? chances : only(logged, logged.candidates().stream()
                    .max(Comparator.comparing(Candidate::expectedCostUsd)).orElseThrow().model());
        }
    }

    /** One model for everything; where it was no candidate, it could not be chosen. */
    record One(String model) implements Target {

        @Override
        public double[] chances(Logged logged) {
            return only(logged, model);
        }
    }

    /**
     * Reads a policy's name.
     *
     * @throws IllegalArgumentException saying what there is
     */
    static Target parse(String text, List<String> models, String baseline) {
        String name = text == null ? "" : text.strip();
        if (name.startsWith("model:")) {
            String model = name.substring("model:".length());
            if (!models.contains(model)) {
                throw new IllegalArgumentException("\"" + model + "\" is no model; there is " + String.join(", ", models));
            }
            return new One(model);
        }
        if (name.startsWith("lambda:")) {
            return new Sampler(price(name.substring("lambda:".length())));
        }
        return switch (name) {
            case "sampler" -> new Sampler(null);
            case "cheapest" -> new Cheapest();
            case "largest" -> new Largest(baseline);
            default -> throw new IllegalArgumentException("\"" + name + "\" is no policy; there is sampler, cheapest, largest, "
                    + "model:ID such as model:" + baseline + ", and lambda:X such as lambda:0.02");
        };
    }

    private static double price(String text) {
        try {
            double price = Double.parseDouble(text);
            if (price >= 0 && price <= 10) {
                return price;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("\"lambda:" + text + "\" must have a number from 0 to 10 behind the colon");
    }

    private static double[] only(Logged logged, String model) {
        double[] chances = logged.candidates().stream().mapToDouble(c -> c.model().equals(model) ? 1 : 0).toArray();
        return Arrays.stream(chances).sum() == 0 ? null : chances;
    }
}
