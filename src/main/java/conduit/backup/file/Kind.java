package conduit.backup.file;

import java.util.Locale;

/** What a column holds, and so how its values stand in a file. */
public enum Kind {
    /** A string. */
    TEXT,
    /** true or false. */
    FLAG,
    /** A whole number. */
    WHOLE,
    /** A decimal number as a string, exact. */
    DECIMAL,
    /** A binary number as a string that gives the same bits. */
    BINARY,
    /** A calendar day as a string. */
    DAY,
    /** A moment as a string, UTC. */
    MOMENT;

    /** The word in a file. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this word, or null. */
    static Kind of(String word) {
        for (Kind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
