package conduit.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Count {

    private Count() {
    }

    /** Such as "1 rule" or "1,200 rules". */
    static String of(long number, String thing) {
        return number(number) + " " + thing + (number == 1 ? "" : "s");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
