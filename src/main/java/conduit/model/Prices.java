package conduit.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.math.BigDecimal;

/**
 * A model's list prices in US dollars per million tokens. Source: the price table that the Claude CLI applies.
 *
 * @param longPrompt what a request with a long prompt costs more, or null where a long one costs no more a token
 */
public record Prices(BigDecimal input, BigDecimal output, BigDecimal cacheWrite5m, BigDecimal cacheWrite1h,
                     BigDecimal cacheRead, @JsonInclude(JsonInclude.Include.NON_NULL) LongPrompt longPrompt) {

    private static final int MICRO = 6;

    /**
     * A surcharge on all tokens of a request, the answer's too.
     *
     * @param above  more prompt tokens than this, read from the cache or written to it or neither, make a prompt long
     * @param factor times what the request costs otherwise, 1 or more
     */
    public record LongPrompt(long above, BigDecimal factor) {
    }

    /** Prices that are the same however long the prompt. */
    public Prices(BigDecimal input, BigDecimal output, BigDecimal cacheWrite5m, BigDecimal cacheWrite1h,
                  BigDecimal cacheRead) {
        this(input, output, cacheWrite5m, cacheWrite1h, cacheRead, null);
    }

    /** The cost of one request of these tokens in US dollars, exact (not rounded). */
    public BigDecimal cost(Tokens tokens) {
        return plain(tokens).multiply(factor(tokens.prompt()));
    }

    /** The cost of these tokens if none of the requests that used them had a long prompt: the least that it can be. */
    public BigDecimal plain(Tokens tokens) {
        return input.multiply(BigDecimal.valueOf(tokens.input()))
                .add(output.multiply(BigDecimal.valueOf(tokens.output())))
                .add(cacheWrite5m.multiply(BigDecimal.valueOf(tokens.cacheWrite5m())))
                .add(cacheWrite1h.multiply(BigDecimal.valueOf(tokens.cacheWrite1h())))
                .add(cacheRead.multiply(BigDecimal.valueOf(tokens.cacheRead())))
                .movePointLeft(MICRO);
    }

    /** What a request with so many prompt tokens costs, times a short one's price a token. */
    public BigDecimal factor(long promptTokens) {
        return longPrompt == null || promptTokens <= longPrompt.above() ? BigDecimal.ONE : longPrompt.factor();
    }
}
