package conduit.bandit;

/**
 * By which terms a choice is made; with the arms and the seed they repeat it.
 *
 * @param lambda         how much quality (0 to 1) the cost of a typical request is worth, 0 or more
 * @param typicalCostUsd what a typical request costs at the baseline, US dollars
 * @param exploration    the largest share of choices that go to another model than the one believed best, 0 to 1
 * @param uniform        the share of choices that are made by lot among all models, 0 to 1
 * @param restBeyond     a model whose expected quality less cost lies more standard deviations below the best one's
 *                       rests until its belief has widened; 0 where none rests
 * @param leader         the model that counts as the best one, or null for the one with the best expectation
 */
public record Terms(double lambda, double typicalCostUsd, double exploration, double uniform, double restBeyond,
                    String leader) {

    public Terms {
        if (!(lambda >= 0) || !isShare(exploration) || !isShare(uniform) || !(restBeyond >= 0)) {
            throw new IllegalArgumentException("out of range: " + lambda + ", " + exploration + ", " + uniform + ", "
                    + restBeyond);
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    /** Plain Thompson sampling at this price of quality. */
    public static Terms plain(double lambda, double typicalCostUsd) {
        return new Terms(lambda, typicalCostUsd, 1, 0, 0, null);
    }

    /** The same at another price of quality, exploring at most so much. */
    Terms at(double price, double share) {
        return new Terms(price, typicalCostUsd, share, uniform, restBeyond, null);
    }

    /** The same at another price of quality. */
    public Terms at(double price) {
        return new Terms(price, typicalCostUsd, exploration, uniform, restBeyond, leader);
    }

    /** The same where no choice is made by lot among all models. */
    public Terms withoutLot() {
        return new Terms(lambda, typicalCostUsd, exploration, 0, restBeyond, leader);
    }

    /** The same with this model, save for so large a share that is explored, choices by lot among it. */
    Terms led(String model, double share) {
        double lot = Math.min(uniform, share);
        return new Terms(0, typicalCostUsd, share - lot, lot, restBeyond, model);
    }

    /** The same where at most so large a share of choices is made by lot among all models. */
    Terms lotAtMost(double share) {
        return new Terms(lambda, typicalCostUsd, exploration, Math.min(uniform, share), restBeyond, leader);
    }

    /** The same for requests whose typical cost is this. */
    public Terms typically(double costUsd) {
        return new Terms(lambda, costUsd, exploration, uniform, restBeyond, leader);
    }

    /** By how much a cost lowers a model's draw. */
    double penalty(double costUsd) {
        return typicalCostUsd <= 0 ? 0 : lambda * costUsd / typicalCostUsd;
    }
}
