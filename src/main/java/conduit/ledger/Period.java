package conduit.ledger;

import java.time.LocalDate;
import java.util.List;

/** The keys of the calendar periods that have limits. */
public final class Period {

    private Period() {
    }

    public static String day(LocalDate day) {
        return day.toString();
    }

    public static String month(LocalDate day) {
        return day.toString().substring(0, "2026-11".length());
    }

    /** Month and day, in the order in which they are locked. */
    static List<String> of(LocalDate day) {
        return List.of(month(day), day(day));
    }
}
