package conduit.api;

import conduit.problem.Problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Moments as callers write them. */
final class Moments {

    private Moments() {
    }

    /**
     * A moment, or a day: then its beginning, or its end.
     *
     * @throws conduit.problem.ProblemException if it is neither
     */
    static Instant read(String field, String text, boolean end, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).plusDays(end ? 1 : 0).atStartOfDay(zone).toInstant();
            }
            boolean hasOffset = text.matches(".*T.*(?:Z|[+-]\\d\\d(?::?\\d\\d)?)");
            return hasOffset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw Problem.field(field, field + " is \"" + text + "\"; it must be a day such as 2026-11-21 or a moment such as "
                    + "2026-11-21T08:00:00Z.").asException();
        }
    }
}
