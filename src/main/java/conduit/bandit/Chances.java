package conduit.bandit;

/**
 * With which probability each of several Beta distributed qualities, each less a penalty, is the largest: a quadrature,
 * exact to about a thousandth (tested against a million draws).
 */
final class Chances {

    /** Cells on either side of a distribution's mode. */
    private static final int HALF = 36;
    private static final int CELLS = 2 * HALF;
    /** Where the density has fallen by e^16 a tail ends. */
    private static final double NEGLIGIBLE = 16;
    private static final double GROWTH = 1.6;
    /** Where edges lie between the mode (0) and the end of a tail (1): close at the mode, wide where little is. */
    private static final double[] PLACES = new double[HALF + 1];
    private static final double WIDENING = 4;

    static {
        for (int k = 0; k <= HALF; k++) {
            PLACES[k] = Math.sinh(WIDENING * k / HALF) / Math.sinh(WIDENING);
        }
    }

    private Chances() {
    }

    /**
     * A distribution in cells.
     *
     * @param edges  of the cells, rising; one more than there are cells
     * @param masses of the cells
     * @param below  the mass below each edge
     * @param area   the integral of the mass below, up to each edge
     */
    private record Grid(double[] edges, double[] masses, double[] below, double[] area) {
    }

    static double[] of(double[] alpha, double[] beta, double[] penalties) {
        int arms = alpha.length;
        Grid[] grids = new Grid[arms];
        for (int i = 0; i < arms; i++) {
            grids[i] = grid(alpha[i], beta[i], penalties[i]);
        }
        double[] chances = new double[arms];
        double sum = 0;
        double[] product = new double[CELLS];
        for (int i = 0; i < arms; i++) {
            System.arraycopy(grids[i].masses, 0, product, 0, CELLS);
            for (int j = 0; j < arms; j++) {
                if (j != i) {
                    multiply(product, grids[i].edges, grids[j]);
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

    /**
     * Multiplies each cell with the mean probability in it that the other distribution lies below: the other one may be
     * narrower than the cell.
     */
    private static void multiply(double[] product, double[] edges, Grid other) {
        int j = 0;
        double before = 0;
        double atBefore = 0;
        for (int k = 0; k <= CELLS; k++) {
            while (j <= CELLS && other.edges[j] <= edges[k]) {
                j++;
            }
            double at;
            double area;
            if (j == 0) {
                at = 0;
                area = 0;
            } else if (j > CELLS) {
                at = 1;
                area = other.area[CELLS] + edges[k] - other.edges[CELLS];
            } else {
                double from = edges[k] - other.edges[j - 1];
                at = other.below[j - 1] + other.masses[j - 1] * from / (other.edges[j] - other.edges[j - 1]);
                area = other.area[j - 1] + from * (other.below[j - 1] + at) / 2;
            }
            if (k > 0) {
                double width = edges[k] - edges[k - 1];
                product[k - 1] *= width > 0 ? Math.min(1, (area - before) / width) : (at + atBefore) / 2;
            }
            before = area;
            atBefore = at;
        }
    }

    /** Cells in the logit of the quality, where the density of every Beta distribution is smooth. */
    private static Grid grid(double alpha, double beta, double penalty) {
        double mode = Math.log(alpha / beta);
        double top = density(alpha, beta, mode);
        double scale = Math.sqrt(1 / alpha + 1 / beta);
        double left = tail(alpha, beta, mode, top, -scale);
        double right = tail(alpha, beta, mode, top, scale);
        double[] edges = new double[CELLS + 1];
        double[] masses = new double[CELLS];
        double[] below = new double[CELLS + 1];
        double[] area = new double[CELLS + 1];
        double sum = 0;
        double last = 0;
        double before = left;
        for (int k = 0; k <= CELLS; k++) {
            double at = k <= HALF ? mode + (left - mode) * PLACES[HALF - k] : mode + (right - mode) * PLACES[k - HALF];
            double odds = Math.exp(-at);
            edges[k] = 1 / (1 + odds) - penalty;
            double density = Math.exp(-(alpha + beta) * Math.log(1 + odds) - beta * at - top);
            if (k > 0) {
                masses[k - 1] = (at - before) * (last + density) / 2;
                sum += masses[k - 1];
            }
            last = density;
            before = at;
        }
        for (int k = 0; k < CELLS; k++) {
            masses[k] /= sum;
            below[k + 1] = below[k] + masses[k];
            area[k + 1] = area[k] + (edges[k + 1] - edges[k]) * (below[k] + below[k + 1]) / 2;
        }
        return new Grid(edges, masses, below, area);
    }

    /** The logarithm of the density in logits, but for a constant: alpha ln x + beta ln(1 - x). */
    private static double density(double alpha, double beta, double at) {
        return -(alpha + beta) * Math.log(1 + Math.exp(-at)) - beta * at;
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
