package conduit.cli;

import java.math.BigDecimal;

/** Numbers on the command line; what is wrong with one is told with its option, the value and what is allowed. */
final class Range {

    private Range() {
    }

    /** The number behind an option, or {@code otherwise} where it was left out. */
    static double decimal(String option, String text, double otherwise, double least, double most) {
        if (text == null) {
            return otherwise;
        }
        try {
            double number = new BigDecimal(text).doubleValue();
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Misuse(option + " is \"" + text + "\"; it must be a number from " + shown(least) + " to " + shown(most)
                + ".");
    }

    /** The whole number behind an option, or {@code otherwise} where it was left out. */
    static long whole(String option, String text, long otherwise, long least, long most) {
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Misuse(option + " is \"" + text + "\"; it must be a whole number from " + least + " to " + most + ".");
    }

    private static String shown(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
