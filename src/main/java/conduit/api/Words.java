package conduit.api;

import conduit.bandit.Posterior;
import conduit.evaluation.Estimate;

import java.util.Locale;

/** Beliefs and savings in the words of those who pay for them. */
final class Words {

    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    private static final int PERCENT = 100;
    private static final double VERY_SURE = 0.02;
    private static final double QUITE_SURE = 0.08;
    private static final double ROUGH = 0.2;

    private Words() {
    }

    /** Such as "right in about 93 of 100 answers (90 to 95), from 412 judged answers: quite sure". */
    static String of(Posterior belief) {
        if (belief.observations() == 0) {
            return "nobody has judged an answer yet: not known";
        }
        double low = belief.quantile(LOW);
        double high = belief.quantile(HIGH);
        return "right in about " + hundredths(belief.mean()) + " of 100 answers (" + hundredths(low) + " to "
                + hundredths(high) + "), from " + counted(belief.observations(), "judged answer") + ": "
                + sureness(high - low);
    }

    private static String sureness(double width) {
        return width <= VERY_SURE ? "very sure" : width <= QUITE_SURE ? "quite sure" : width <= ROUGH ? "roughly known"
                : "still a guess";
    }

    /** Such as "saves 31 % against claude-opus-5-5 (29 to 33 %)". */
    static String saved(Estimate saved, String baseline) {
        boolean saves = saved.value() >= 0;
        String interval = saved.low() == null ? "one call is too few for an interval" : saves
                ? hundredths(saved.low()) + " to " + hundredths(saved.high()) + " %"
                : hundredths(-saved.high()) + " to " + hundredths(-saved.low()) + " %";
        return (saves ? "saves " + hundredths(saved.value()) + " % against " : "costs " + hundredths(-saved.value())
                + " % more than ") + baseline + " (" + interval + ")";
    }

    static String counted(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    private static long hundredths(double share) {
        return Math.round(share * PERCENT);
    }
}
