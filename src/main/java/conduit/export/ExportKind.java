package conduit.export;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The kinds of scheduled export: the period that one file covers and the form that it has. */
public enum ExportKind {
    DAILY(ChronoUnit.DAYS, "yyyy-MM-dd", ".csv"),
    HOURLY(ChronoUnit.HOURS, "yyyy-MM-dd'T'HH", ".jsonl");

    private final ChronoUnit unit;
    private final DateTimeFormatter name;
    private final String suffix;

    ExportKind(ChronoUnit unit, String name, String suffix) {
        this.unit = unit;
        this.name = DateTimeFormatter.ofPattern(name, Locale.ROOT);
        this.suffix = suffix;
    }

    /** The beginning of the period in which a moment lies. */
    ZonedDateTime startOf(ZonedDateTime moment) {
        return moment.truncatedTo(unit);
    }

    /** The end of the period that begins then. */
    ZonedDateTime endOf(ZonedDateTime start) {
        return startOf(start.plus(1, unit));
    }

    /** The file of a period, such as {@code usage-2026-11-21.csv}. */
    String file(ZonedDateTime start) {
        return "usage-" + name.format(start) + suffix;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ExportKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
