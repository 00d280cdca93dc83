package conduit.replay;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * What one run of a policy came to.
 *
 * @param costCut      the part of the baseline's cost that it saved; below 0 where it cost more
 * @param qualityRatio its right answers by the baseline's, on the same queries
 */
record Run(double costCut, double qualityRatio) {

    /**
     * Draws queries with replacement and lets the policy choose.
     */
    static Run of(Recording recording, Policy policy, Replay.Setting setting, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        for (int i = 0; i < setting.warm(); i++) {
            policy.learn(draw(recording, random), random.nextInt(recording.models().size()), true);
        }
        double cost = 0;
        double quality = 0;
        double baselineCost = 0;
        double baselineQuality = 0;
        for (int i = 0; i < setting.requests(); i++) {
            Query query = draw(recording, random);
            boolean judged = setting.labels() >= 1 || random.nextDouble() < setting.labels();
            int model = policy.choose(query, random);
            policy.learn(query, model, judged);
            Outcome baseline = query.outcomes()[recording.baseline()];
            cost += query.outcomes()[model].costUsd();
            quality += query.outcomes()[model].correct();
            baselineCost += baseline.costUsd();
            baselineQuality += baseline.correct();
        }
        return new Run(baselineCost <= 0 ? 0 : 1 - cost / baselineCost,
                baselineQuality <= 0 ? 1 : quality / baselineQuality);
    }

    private static Query draw(Recording recording, UniformRandomProvider random) {
        return recording.queries().get(random.nextInt(recording.queries().size()));
    }
}
