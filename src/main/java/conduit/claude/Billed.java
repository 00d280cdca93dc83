package conduit.claude;

import conduit.model.Tokens;

import java.math.BigDecimal;
import java.util.stream.Stream;

/**
 * What one model was billed for, as the CLI says.
 *
 * @param model      the model that ran, which can differ from the one asked for
 * @param cliCostUsd the CLI's own figure, US dollars; null where the CLI has no price for the model and guessed
 * @param estimated  whether nobody told the bill, and this is what it is put down at
 */
public record Billed(String model, Tokens tokens, BigDecimal cliCostUsd, boolean estimated) {

    private static final long MOST_TOKENS = 1_000_000_000;
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);
    private static final int LONGEST_NAME = 100;

    /** What the CLI told. */
    public Billed(String model, Tokens tokens, BigDecimal cliCostUsd) {
        this(model, tokens, cliCostUsd, false);
    }

    /** What is to be booked though nobody told the bill. */
    static Billed estimate(String model, Tokens tokens) {
        return new Billed(model, tokens, null, true);
    }

    /** @throws IllegalArgumentException if it is beyond what one call can be, and what the ledger can hold */
    public Billed {
        if (model.isBlank() || model.length() > LONGEST_NAME || model.chars().anyMatch(Character::isISOControl)
                || Stream.of(tokens.input(), tokens.output(), tokens.cacheRead(), tokens.cacheWrite5m(),
                        tokens.cacheWrite1h()).anyMatch(count -> count > MOST_TOKENS)
                || cliCostUsd != null && (cliCostUsd.signum() < 0 || cliCostUsd.compareTo(MOST_USD) >= 0)) {
            throw new IllegalArgumentException("no call can be billed like this");
        }
    }
}
