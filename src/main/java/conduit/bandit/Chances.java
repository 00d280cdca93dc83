package conduit.bandit;

/**
 * With which probability each of several Beta distributed qualities, each less a penalty, is the largest: a quadrature,
 * exact to about a thousandth (tested against a million draws).
 */
final class Chances {

    /** Points on either side of a distribution's mode. */
    private static final int HALF = 32;
    private static final int POINTS = 2 * HALF;
    /** Where the density has fallen by e^16 a tail ends. */
    private static final double NEGLIGIBLE = 16;
    private static final double GROWTH = 1.6;

    private Chances() {
    }

    /** The points of one distribution: values in rising order, their masses, and the mass up to and with each. */
    private record Grid(double[] values, double[] masses, double[] below) {
    }

    static double[] of(double[] alpha, double[] beta, double[] penalties) {
        int arms = alpha.length;
        Grid[] grids = new Grid[arms];
        for (int i = 0; i < arms; i++) {
            grids[i] = grid(alpha[i], beta[i], penalties[i]);
        }
        double[] chances = new double[arms];
        double sum = 0;
        double[] product = new double[POINTS];
        for (int i = 0; i < arms; i++) {
            System.arraycopy(grids[i].masses, 0, product, 0, POINTS);
            for (int j = 0; j < arms; j++) {
                if (j != i) {
                    multiply(product, grids[i].values, grids[j]);
                }
            }
            for (double part : product) {
                chances[i] += part;
            }
            sum += chances[i];
        }
        for (int i = 0; i < arms; i++) {
            chances[i] /= sum;
        }
        return chances;
    }

    /** Multiplies each with the probability that the other distribution lies below that value. */
    private static void multiply(double[] product, double[] values, Grid other) {
        int j = 0;
        for (int k = 0; k < POINTS; k++) {
            while (j < POINTS && other.values[j] <= values[k]) {
                j++;
            }
            double below;
            if (j == 0) {
                below = 0;
            } else if (j == POINTS) {
                below = 1;
            } else {
                double share = (values[k] - other.values[j - 1]) / (other.values[j] - other.values[j - 1]);
                double from = other.below[j - 1] - other.masses[j - 1] / 2;
                double to = other.below[j] - other.masses[j] / 2;
                below = from + share * (to - from);
            }
            product[k] *= below;
        }
    }

    /** Points even in the logit of the quality, where the density of every Beta distribution is smooth. */
    private static Grid grid(double alpha, double beta, double penalty) {
        double mode = Math.log(alpha / beta);
        double top = density(alpha, beta, mode);
        double scale = Math.sqrt(1 / alpha + 1 / beta);
        double left = tail(alpha, beta, mode, top, -scale);
        double right = tail(alpha, beta, mode, top, scale);
        double[] values = new double[POINTS];
        double[] masses = new double[POINTS];
        double[] below = new double[POINTS];
        double sum = 0;
        for (int k = 0; k < POINTS; k++) {
            double step = (k < HALF ? mode - left : right - mode) / HALF;
            double at = k < HALF ? left + (k + 0.5) * step : mode + (k - HALF + 0.5) * step;
            double odds = Math.exp(-at);
            values[k] = 1 / (1 + odds) - penalty;
            masses[k] = step * Math.exp(-(alpha + beta) * Math.log1p(odds) - beta * at - top);
            sum += masses[k];
        }
        double cumulated = 0;
        for (int k = 0; k < POINTS; k++) {
            masses[k] /= sum;
            cumulated += masses[k];
            below[k] = cumulated;
        }
        return new Grid(values, masses, below);
    }

    /** The logarithm of the density in logits, but for a constant: alpha ln x + beta ln(1 - x). */
    private static double density(double alpha, double beta, double at) {
        return -(alpha + beta) * Math.log1p(Math.exp(-at)) - beta * at;
    }

    private static double tail(double alpha, double beta, double mode, double top, double step) {
        double at = mode + 2 * step;
        double stride = step;
        while (top - density(alpha, beta, at) < NEGLIGIBLE) {
            at += stride;
            stride *= GROWTH;
        }
        return at;
    }
}
