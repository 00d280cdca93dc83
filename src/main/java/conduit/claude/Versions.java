package conduit.claude;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A range of the CLI's versions: those whose flags, failures and bills Conduit was tried with. 2.1.197 and 2.1.330 were
 * run against a stand-in for the API. What comes between them and later in 2.1 kept to the same flags and names; a 2.2 may
 * not, and would be noticed by its bills only.
 *
 * @param from the first, such as {@code 2.1.197}
 * @param to   the last, of which it may be the beginning: {@code 2.1} takes every 2.1.x
 */
public record Versions(String from, String to) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6}){0,2})-(\\d{1,6}(?:\\.\\d{1,6}){0,2})");

    /**
     * Reads {@code FROM-TO}.
     *
     * @throws IllegalArgumentException if it is no range
     */
    public static Versions of(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException("no range of versions: " + text);
        }
        return new Versions(range.group(1), range.group(2));
    }

    /** Whether a version such as {@code 2.1.330} is one of them. */
    public boolean hold(String version) {
        return compare(version, from) >= 0 && compare(version, to) <= 0;
    }

    /** Compares as many numbers as the bound has. */
    private static int compare(String version, String bound) {
        int[] left = numbers(version);
        int[] right = numbers(bound);
        for (int i = 0; i < right.length; i++) {
            int order = Integer.compare(i < left.length ? left[i] : 0, right[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String toString() {
        return from + " to " + to + (to.chars().filter(c -> c == '.').count() < 2 ? ".x" : "");
    }
}
