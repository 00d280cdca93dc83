package conduit.replay;

/** A model's prices, US dollars per million tokens. */
record Rates(double input, double output) {

    private static final double MILLION = 1e6;

    double cost(double inputTokens, double outputTokens) {
        return (inputTokens * input + outputTokens * output) / MILLION;
    }

    /**
     * The prices that explain recorded costs best (least squares over both token counts).
     *
     * @param points each {input tokens, output tokens, cost in US dollars}
     */
    static Rates fitted(Iterable<double[]> points) {
        double ii = 0;
        double io = 0;
        double oo = 0;
        double ic = 0;
        double oc = 0;
        for (double[] p : points) {
            ii += p[0] * p[0];
            io += p[0] * p[1];
            oo += p[1] * p[1];
            ic += p[0] * p[2];
            oc += p[1] * p[2];
        }
        double determinant = ii * oo - io * io;
        if (determinant <= 0) {
            return new Rates(ii > 0 ? Math.max(0, ic / ii) * MILLION : 0, 0);
        }
        return new Rates(Math.max(0, (ic * oo - oc * io) / determinant) * MILLION,
                Math.max(0, (oc * ii - ic * io) / determinant) * MILLION);
    }
}
