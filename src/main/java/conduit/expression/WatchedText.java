package conduit.expression;

/** A text that looks at the deadline while it is being read. Used by one thread. */
final class WatchedText implements CharSequence {

    private final String text;
    private final Deadline deadline;
    private final int every;
    private int left;

    /** @param every how many characters are read between two looks */
    WatchedText(String text, Deadline deadline, int every) {
        this.text = text;
        this.deadline = deadline;
        this.every = every;
        this.left = every;
    }

    @Override
    public char charAt(int index) {
        if (--left == 0) {
            left = every;
            deadline.check();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
