package conduit.rules;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What decisions that took too long said, the newest last; a few of each are enough. */
public final class Overtimes {

    private static final int MOST = 20;

    private final ConcurrentLinkedDeque<String> told = new ConcurrentLinkedDeque<>();

    /** Remembers what a decision said; true if it was not known. */
    public boolean add(String why) {
        boolean isNew = !told.contains(why);
        if (isNew) {
            told.addLast(why);
            if (told.size() > MOST) {
                told.pollFirst();
            }
        }
        return isNew;
    }

    public List<String> told() {
        return List.copyOf(told);
    }
}
