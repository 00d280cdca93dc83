package conduit.ledger;

import conduit.model.Tokens;

import java.math.BigDecimal;

/**
 * One row of usage: what one model was billed in one run.
 *
 * @param part      numbers the rows of a run, from 0: the CLI can bill more than one model
 * @param costUsd   by the catalogue's prices, rounded half up to a millionth; where several of a call's requests are
 *                  summed up and a long prompt costs more, by the CLI's word for which were long
 * @param cliCost   the CLI's own figure, or null where it gave none or has no price for the model
 * @param estimated whether tokens and cost are an estimate, as nobody told what was spent
 * @param attempt   of which of the run's attempts, from 1
 */
public record UsageRow(int part, String model, Tokens tokens, BigDecimal costUsd, BigDecimal cliCost,
                       boolean estimated, int attempt) {

    private static final BigDecimal TOLERANCE = new BigDecimal("0.01");
    /** Both figures are rounded to it. */
    private static final BigDecimal MICRO = new BigDecimal("0.000001");

    /** A row of the first attempt. */
    public UsageRow(int part, String model, Tokens tokens, BigDecimal costUsd, BigDecimal cliCost, boolean estimated) {
        this(part, model, tokens, costUsd, cliCost, estimated, 1);
    }

    /** Whether the catalogue and the CLI are more than 1 % apart. */
    public boolean differs() {
        return cliCost != null && costUsd.subtract(cliCost).abs()
                .compareTo(costUsd.max(cliCost).multiply(TOLERANCE).max(MICRO)) > 0;
    }
}
