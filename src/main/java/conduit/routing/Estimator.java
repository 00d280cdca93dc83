package conduit.routing;

import conduit.bandit.Context;
import conduit.bandit.Experience;
import conduit.model.Model;
import conduit.model.Tokens;
import conduit.request.LlmRequest;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Foretells costs.
 *
 * @param defaultMaxOutput the output cap of a request that names none, tokens
 */
public record Estimator(int defaultMaxOutput) {

    /** Tokens that the CLI and the API add around system prompt and prompt; seen: fewer than 100. */
    private static final int OVERHEAD = 500;
    /** Where an answer reaches the output cap the CLI asks 4 times in all before it gives up. */
    private static final int MOST_CALLS = 4;
    /** The mean output before anything is known, tokens. */
    private static final double FIRST_GUESS = 400;
    private static final int SCALE = 6;

    /** The output cap of this request at this model, tokens. */
    public int maxOutput(LlmRequest request, Model model) {
        return maxOutput(request.maxOutputTokens(), model);
    }

    private int maxOutput(Integer asked, Model model) {
        return Math.min(asked == null ? defaultMaxOutput : asked, model.maxOutput());
    }

    /** By the estimate of input tokens and the mean output of the model's answers in this context. */
    public BigDecimal expected(LlmRequest request, Model model, Context context, Experience experience) {
        long output = Math.round(Math.min(experience.meanOutput(context, model.id(), FIRST_GUESS),
                maxOutput(request, model)));
        return model.prices().cost(Tokens.of(request.tokenCount(), output)).setScale(SCALE, RoundingMode.HALF_UP);
    }

    /**
     * The most that one run can cost: every byte a token, written to the dearest cache, each of the CLI's calls at
     * the output cap and carrying what the earlier ones wrote.
     */
    public BigDecimal worstCase(LlmRequest request, Model model) {
        return worstCase(request.mostInputTokens(0), request.maxOutputTokens(), model);
    }

    /**
     * The same where the texts are not at hand.
     *
     * @param inputBytes      of system and prompt together, in UTF-8
     * @param maxOutputTokens what the request asked for, or null
     */
    public BigDecimal worstCase(long inputBytes, Integer maxOutputTokens, Model model) {
        long input = inputBytes + OVERHEAD;
        long output = maxOutput(maxOutputTokens, model);
        BigDecimal dearest = model.prices().input().max(model.prices().cacheWrite1h())
                .max(model.prices().cacheWrite5m()).max(model.prices().cacheRead());
        long carried = output * MOST_CALLS * (MOST_CALLS - 1) / 2;
        return dearest.multiply(BigDecimal.valueOf(input * MOST_CALLS + carried))
                .add(model.prices().output().multiply(BigDecimal.valueOf(output * MOST_CALLS)))
                .multiply(model.prices().factor(input + output * (MOST_CALLS - 1)))
                .movePointLeft(SCALE).setScale(SCALE, RoundingMode.UP);
    }

    /** What a request of this context's mean input is expected to cost, US dollars. */
    public BigDecimal typical(Model model, Context context, Experience experience) {
        return model.prices().cost(Tokens.of(Math.round(experience.meanInput(context)),
                Math.round(experience.meanOutput(context, model.id(), FIRST_GUESS))));
    }

    public Estimate estimate(LlmRequest request, Model model, Context context, Experience experience) {
        return new Estimate(request.tokenCount(), maxOutput(request, model),
                expected(request, model, context, experience), worstCase(request, model));
    }
}
