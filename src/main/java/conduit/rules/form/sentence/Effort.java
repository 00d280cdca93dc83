package conduit.rules.form.sentence;

/**
 * Counts the work of one file's expansion and ends it where a dictionary makes it grow without end. One unit is one
 * step of a pattern at one character, some 4 ns at worst.
 */
final class Effort {

    static final int LONGEST_LINE = 4_000;
    static final int LONGEST_EXPANSION = 16_000;
    static final int LARGEST_FILE = 4 << 20;
    private static final long MOST = 1_000_000_000;
    private static final int LOOK = 20;

    private long spent;
    private long written;

    /** A look whether a sentence could fit at all. */
    void look() {
        spend(LOOK);
    }

    void spend(long units) {
        spent += units;
        if (spent > MOST) {
            throw new DictionaryFault("The file has too many sentences for a dictionary of this size.",
                    "Split the file, or take sentences that nobody uses out of the dictionary.");
        }
    }

    /** A line grows to this many characters. */
    static void grow(int length) {
        if (length > LONGEST_EXPANSION) {
            throw new DictionaryFault("The dictionary makes more than " + LONGEST_EXPANSION
                    + " characters of this line.", "Look for a sentence of the dictionary whose right side repeats a "
                    + "variable, or holds the words of another sentence.");
        }
    }

    /** A line of this many characters is done. */
    void write(int length) {
        written += length + 1;
        if (written > LARGEST_FILE) {
            throw new DictionaryFault("The file becomes larger than " + LARGEST_FILE + " characters when its sentences "
                    + "are written out.", "Split the file, or let the dictionary write less for a sentence.");
        }
    }
}
