package conduit.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Capitals and small letters taken for the same, as Java's (?iu) does. RE2/J's own (?i) is never used: on a Java newer
 * than its tables it loops for ever over some letters (U+1C80).
 */
final class Fold {

    private Fold() {
    }

    static int of(int character) {
        if (character < 128) {
            return character >= 'A' && character <= 'Z' ? character + 32 : character;
        }
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    /** A text of the same length in which letters that differ by case only are the same. */
    static String of(String text) {
        char[] folded = new char[text.length()];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = (char) of(text.charAt(i));
        }
        return new String(folded);
    }

    static boolean hasCase(int character) {
        return character < 128 ? Character.isLetter(character) : Tables.SAME.containsKey(of(character));
    }

    /** The letters that are the same as this one, itself among them. */
    static List<Integer> same(int character) {
        return Tables.SAME.getOrDefault(of(character), List.of(character));
    }

    /** The letters that are the same as one of a range, without the range. */
    static IntStream beside(int first, int last) {
        return Arrays.stream(Tables.CASED).filter(one -> (one < first || one > last)
                && (in(first, last, Character.toUpperCase(one)) || in(first, last, of(one))));
    }

    private static boolean in(int first, int last, int character) {
        return first <= character && character <= last;
    }

    /** Takes some milliseconds, once. */
    private static final class Tables {

        static final Map<Integer, List<Integer>> SAME = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(one -> Character.toUpperCase(one) != one || Character.toLowerCase(one) != one).boxed()
                .flatMap(one -> Stream.of(one, Character.toUpperCase(one), of((int) one))).distinct()
                .collect(Collectors.groupingBy(Fold::of, TreeMap::new, Collectors.toList()));
        static final int[] CASED = SAME.values().stream().flatMap(List::stream).mapToInt(one -> one).sorted().toArray();

        static {
            SAME.values().removeIf(group -> group.size() < 2);
        }
    }
}
