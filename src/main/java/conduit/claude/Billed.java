package conduit.claude;

import conduit.model.Tokens;

import java.math.BigDecimal;

/**
 * What the CLI says one model was billed for.
 *
 * @param model      the model that ran, which can differ from the one asked for
 * @param cliCostUsd the CLI's own figure, US dollars; null where the CLI has no price for the model and guessed
 */
public record Billed(String model, Tokens tokens, BigDecimal cliCostUsd) {
}
