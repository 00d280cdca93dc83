package conduit.rules.form.table;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a column of a table is for, by its heading. */
enum ColumnKind {
    CONDITION("C"), ACTION("A"), NAME("N"), DESCRIPTION("I"), PRIORITY("P", "SALIENCE"), ENABLED("B");

    /** Headings that the engine knows, of what no rule here may have. */
    static final List<String> REFUSED = List.of("DURATION", "D", "TIMER", "T", "CALENDARS", "E", "NO-LOOP", "U",
            "LOCK-ON-ACTIVE", "L", "AUTO-FOCUS", "F", "ACTIVATION-GROUP", "X", "AGENDA-GROUP", "G",
            "RULEFLOW-GROUP", "R", "DATE-EFFECTIVE", "V", "DATE-EXPIRES", "Z", "METADATA", "@");
    /** The headings that are allowed, for messages. */
    static final String ALLOWED = Stream.of(values()).map(Enum::name).collect(Collectors.joining(", "));

    private final List<String> others;

    ColumnKind(String... others) {
        this.others = List.of(others);
    }

    /** The kind of a heading, or null if it has none. */
    static ColumnKind of(String heading) {
        String upper = heading.toUpperCase(Locale.ROOT);
        for (ColumnKind kind : values()) {
            if (kind.name().equals(upper) || kind.others.contains(upper)) {
                return kind;
            }
        }
        return null;
    }

    /** Whether a table may have several columns of this kind. */
    boolean mayRepeat() {
        return this == CONDITION || this == ACTION || this == DESCRIPTION;
    }

    /** Whether the cells of the column are put into a snippet. */
    boolean hasSnippet() {
        return this == CONDITION || this == ACTION;
    }
}
