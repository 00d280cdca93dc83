package conduit.json;

import java.util.Comparator;
import java.util.List;

/** Finds the name that somebody meant who wrote another one. */
public final class Nearest {

    private Nearest() {
    }

    /** The known name that differs in the fewest letters, or null if none is near. */
    public static String of(String word, List<String> known) {
        String best = known.stream().min(Comparator.comparingInt(name -> distance(word, name))).orElseThrow();
        return distance(word, best) <= Math.max(2, best.length() / 4) ? best : null;
    }

    /** Levenshtein's distance, upper and lower case alike. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int cost = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }
        return row[b.length()];
    }
}
