package conduit.model;

import java.math.BigDecimal;

/** A model's list prices in US dollars per million tokens. Source: the price table that the Claude CLI applies. */
public record Prices(BigDecimal input, BigDecimal output, BigDecimal cacheWrite5m, BigDecimal cacheWrite1h,
                     BigDecimal cacheRead) {

    private static final int MICRO = 6;

    /** The cost of these tokens in US dollars, exact (not rounded). */
    public BigDecimal cost(Tokens tokens) {
        return input.multiply(BigDecimal.valueOf(tokens.input()))
                .add(output.multiply(BigDecimal.valueOf(tokens.output())))
                .add(cacheWrite5m.multiply(BigDecimal.valueOf(tokens.cacheWrite5m())))
                .add(cacheWrite1h.multiply(BigDecimal.valueOf(tokens.cacheWrite1h())))
                .add(cacheRead.multiply(BigDecimal.valueOf(tokens.cacheRead())))
                .movePointLeft(MICRO);
    }
}
