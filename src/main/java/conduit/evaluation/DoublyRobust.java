package conduit.evaluation;

import conduit.bandit.Candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Estimates what a policy would have reached from choices that another one made with known propensities: a regression
 * tells what each model would have given, and what the regression missed at the recorded choices corrects it, each
 * weighted by how much more often the policy would have chosen so. Right where either the regression or the propensities
 * are.
 *
 * <p>Source: Dudik, Langford and Li, Doubly Robust Policy Evaluation and Learning (2011); weights normalised to their sum
 * as in Swaminathan and Joachims (2015), and clipped; the regression is fitted on other records than those it is asked
 * about (Chernozhukov et al. 2018).
 */
public final class DoublyRobust {

    private static final int FOLDS = 5;
    /** One record weighs at most as much as so many. */
    private static final double MOST_WEIGHT = 30;
    /** Chosen more rarely, a record is chance. */
    private static final double RARE = 0.005;
    private static final double FEW_EFFECTIVE = 100;
    private static final double MUCH_UNSUPPORTED = 0.02;
    private static final double NORMAL_95 = 1.96;
    private static final String WAY_OUT = " Set conduit.bandit.uniform=0.05 and judge answers for a while.";

    private final List<Logged> logged = new ArrayList<>();
    private final List<double[]> chances = new ArrayList<>();
    private final double[] weights;
    private int leftOut;

    private DoublyRobust(Iterable<Logged> records, Target target) {
        for (Logged one : records) {
            double[] would = target.chances(one);
            if (would == null) {
                leftOut++;
            } else {
                logged.add(one);
                chances.add(would);
            }
        }
        weights = new double[logged.size()];
        for (int i = 0; i < weights.length; i++) {
            int chosen = logged.get(i).chosen();
            double would = chances.get(i)[chosen];
            double did = logged.get(i).candidates().get(chosen).propensity();
            weights[i] = would == 0 ? 0 : Math.min(MOST_WEIGHT, would / did);
        }
    }

    /**
     * Judges a policy.
     *
     * @throws IllegalArgumentException if there is no record in which it could have chosen
     */
    public static Evaluation evaluate(Iterable<Logged> records, Target target) {
        DoublyRobust judge = new DoublyRobust(records, target);
        if (judge.logged.isEmpty()) {
            throw new IllegalArgumentException(judge.leftOut == 0 ? "there is no judged choice of the bandit"
                    : "it could have chosen in none of " + judge.leftOut + " judged choices of the bandit");
        }
        return judge.evaluation();
    }

    private Evaluation evaluation() {
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += weight;
            squares += weight * weight;
        }
        double effective = squares == 0 ? 0 : sum * sum / squares;
        double unsupported = unsupported();
        return new Evaluation(logged.size(), leftOut, estimate(Logged::reward, (one, candidate) -> 1.0).within(0, 1),
                estimate(Logged::costUsd, (one, candidate) -> candidate.expectedCostUsd().doubleValue())
                        .within(0, Double.MAX_VALUE),
                mean(Logged::reward), mean(Logged::costUsd), effective, unsupported, warnings(effective, unsupported));
    }

    private double mean(ToDoubleFunction<Logged> value) {
        return logged.stream().mapToDouble(value).average().orElseThrow();
    }

    private double unsupported() {
        double sum = 0;
        for (int i = 0; i < logged.size(); i++) {
            List<Candidate> candidates = logged.get(i).candidates();
            for (int m = 0; m < candidates.size(); m++) {
                sum += candidates.get(m).propensity() < RARE ? chances.get(i)[m] : 0;
            }
        }
        return sum / logged.size();
    }

    private static List<String> warnings(double effective, double unsupported) {
        List<String> warnings = new ArrayList<>();
        if (unsupported > MUCH_UNSUPPORTED) {
            warnings.add(Math.round(100 * unsupported) + " of 100 choices of this policy are such as the bandit made less than 5 "
                    + "times in 1,000: what they would have given is a guess, and the interval is too narrow." + WAY_OUT);
        }
        if (effective < FEW_EFFECTIVE) {
            warnings.add("The record is worth only " + Math.round(effective) + " choices of this policy; " + (int) FEW_EFFECTIVE
                    + " or more make an estimate." + WAY_OUT);
        }
        return warnings;
    }

    /** @param scale what the value of a candidate is measured by in the regression */
    private Estimate estimate(ToDoubleFunction<Logged> value, ToDoubleBiFunction<Logged, Candidate> scale) {
        int count = logged.size();
        double[] modelled = new double[count];
        double[] missed = new double[count];
        for (int fold = 0; fold < FOLDS; fold++) {
            Regression regression = fitted(fold, value, scale);
            for (int i = 0; i < count; i++) {
                if (fold(i) != fold) {
                    continue;
                }
                Logged one = logged.get(i);
                for (int m = 0; m < one.candidates().size(); m++) {
                    Candidate candidate = one.candidates().get(m);
                    double expected = scale.applyAsDouble(one, candidate)
                            * regression.ratio(one.context(), candidate.model());
                    modelled[i] += chances.get(i)[m] * expected;
                    missed[i] += m == one.chosen() ? value.applyAsDouble(one) - expected : 0;
                }
            }
        }
        return corrected(modelled, missed);
    }

    private Regression fitted(int without, ToDoubleFunction<Logged> value, ToDoubleBiFunction<Logged, Candidate> scale) {
        Regression regression = new Regression();
        for (int i = 0; i < logged.size(); i++) {
            Logged one = logged.get(i);
            if (fold(i) != without || logged.size() < FOLDS) {
                regression.add(one.context(), one.model(), value.applyAsDouble(one),
                        scale.applyAsDouble(one, one.candidates().get(one.chosen())));
            }
        }
        return regression;
    }

    /** Scattered, so that no rhythm of the records falls together with them. */
    private static int fold(int i) {
        int bits = i * 0x9E3779B9;
        return Math.floorMod((bits ^ bits >>> 15) * 0x85EBCA6B >>> 8, FOLDS);
    }

    private Estimate corrected(double[] modelled, double[] missed) {
        int count = modelled.length;
        double modelledMean = 0;
        double missedSum = 0;
        double weightSum = 0;
        for (int i = 0; i < count; i++) {
            modelledMean += modelled[i] / count;
            missedSum += weights[i] * missed[i];
            weightSum += weights[i];
        }
        if (weightSum == 0 || count < 2) {
            return new Estimate(modelledMean, null, null);
        }
        double correction = missedSum / weightSum;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double influence = modelled[i] - modelledMean
                    + weights[i] * (missed[i] - correction) * count / weightSum;
            squares += influence * influence;
        }
        double half = NORMAL_95 * Math.sqrt(squares / (count - 1) / count);
        double estimate = modelledMean + correction;
        return new Estimate(estimate, estimate - half, estimate + half);
    }
}
