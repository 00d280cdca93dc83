package conduit.rules.fact;

import conduit.request.LlmRequest;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;

/**
 * What a rule can read beside the request itself.
 *
 * @param tokenCount   the estimate of input tokens
 * @param hour         of day, 0 to 23, in Conduit's zone
 * @param dailySpend   what the project has spent today, US dollars
 * @param monthlySpend what the project has spent this month, US dollars
 * @param hasTexts     whether prompt and system are known; on record they are kept only where the project says so
 */
public record Circumstances(int tokenCount, int hour, DayOfWeek day, BigDecimal dailySpend, BigDecimal monthlySpend,
                            boolean hasTexts) {

    /** A request that has just come in. */
    public static Circumstances of(LlmRequest request, ZonedDateTime at, BigDecimal dailySpend,
                                   BigDecimal monthlySpend) {
        return new Circumstances(request.tokenCount(), at.getHour(), at.getDayOfWeek(), dailySpend, monthlySpend, true);
    }
}
