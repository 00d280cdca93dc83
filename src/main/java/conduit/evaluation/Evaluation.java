package conduit.evaluation;

import java.util.List;

/**
 * What a policy would have reached on recorded choices.
 *
 * @param records             on which it is judged
 * @param leftOut             those in which it could have chosen no candidate
 * @param quality             a request, 0 to 1
 * @param costUsd             a request, US dollars
 * @param recordedQuality     what was reached, a request
 * @param recordedCostUsd     what it cost, a request, US dollars
 * @param effectiveSampleSize how many choices of the policy's own these records are worth
 * @param unsupported         the share of the policy's choices that were hardly ever made, 0 to 1
 * @param warnings            what makes it unsure, and the way out
 */
public record Evaluation(int records, int leftOut, Estimate quality, Estimate costUsd, double recordedQuality,
                         double recordedCostUsd, double effectiveSampleSize, double unsupported, List<String> warnings) {
}
