package conduit.request;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * A 64-bit hash that is nearly the same for texts that are nearly the same: a simhash (Charikar 2002) over shingles of
 * letters, of which no text can be read back. Case, spaces, punctuation and words of courtesy do not count; figures and
 * signs of arithmetic must be the same ones.
 *
 * <p>The first and the last letters weigh as much as all that is between: with a long text in the middle, the question at
 * its edge tells whether the same is asked. Of texts beyond 32,768 characters the middle is not looked at.
 */
public final class SimilarityHash {

    /** So many bits of two that are alike differ, at most. What it finds and misses stands in docs/decisions.md. */
    public static final int THRESHOLD = 4;

    private static final int SHINGLE = 4;
    private static final int EDGE = 80;
    private static final int SIDE = 16_384;
    private static final int FEWEST = 8;
    private static final String SIGNS = "+*/^=<>%$€£¥#&|";
    private static final Set<String> COURTESY = Set.of("please", "pls", "kindly", "thanks", "thank", "you", "hi", "hello",
            "hey", "bitte", "danke", "hallo", "merci", "bonjour", "gracias", "hola", "grazie", "obrigado", "por", "favor");

    private SimilarityHash() {
    }

    /**
     * The hash of a text.
     *
     * @param frame whose texts are compared, and what must be equal; hashes of two frames are not alike
     * @return null for a text of fewer than 8 letters and digits, which says too little
     */
    public static Long of(String frame, String text) {
        String plain = Normalizer.normalize(ends(text), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(" ");
        StringBuilder figures = new StringBuilder();
        int letters = split(plain, words, figures);
        return letters < FEWEST ? null : simhash(words) ^ StableHash.of(ends(frame) + '\0' + figures);
    }

    /** Whether two texts are nearly the same, by their hashes. */
    public static boolean alike(long one, long other) {
        return Long.bitCount(one ^ other) <= THRESHOLD;
    }

    private static String ends(String text) {
        return text.length() <= 2 * SIDE ? text
                : text.substring(0, SIDE) + ' ' + text.substring(text.length() - SIDE);
    }

    /** Gathers the words that count, and the figures; returns how many letters and digits that is. */
    private static int split(String plain, StringBuilder words, StringBuilder figures) {
        int letters = 0;
        int at = 0;
        while (at < plain.length()) {
            int start = at;
            int digits = figures.length();
            for (int point; at < plain.length() && isWord(point = plain.codePointAt(at)); at += Character.charCount(point)) {
                if (Character.isDigit(point)) {
                    figures.appendCodePoint(point);
                }
            }
            figures.append(figures.length() > digits ? " " : "");
            String word = plain.substring(start, at);
            if (!word.isEmpty() && !COURTESY.contains(word)) {
                words.append(word).append(' ');
                letters += word.length();
            }
            if (at < plain.length()) {
                int point = plain.codePointAt(at);
                figures.append(SIGNS.indexOf(point) >= 0 ? Character.toString(point) : "");
                at += Character.charCount(point);
            }
        }
        return letters;
    }

    private static boolean isWord(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point) || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK || type == Character.OTHER_SYMBOL;
    }

    private static long simhash(StringBuilder words) {
        int length = words.length();
        double[] sums = new double[Long.SIZE];
        add(words, 0, Math.min(EDGE, length), 1, sums);
        add(words, Math.max(0, length - EDGE), length, 1, sums);
        int between = length - 2 * EDGE;
        if (between > 0) {
            add(words, EDGE, length - EDGE, Math.min(1, (double) between / EDGE), sums);
        }
        long hash = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            hash |= sums[bit] > 0 ? 1L << bit : 0;
        }
        return hash;
    }

    /** Adds a part's votes on each bit, scaled so that parts of one weight say as much, however long they are. */
    private static void add(CharSequence words, int from, int to, double weight, double[] sums) {
        int[] votes = new int[Long.SIZE];
        for (int at = from; at + SHINGLE <= to; at++) {
            long shingle = shingle(words, at);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                votes[bit] += (int) (shingle >>> bit & 1) * 2 - 1;
            }
        }
        double squares = 0;
        for (int vote : votes) {
            squares += (double) vote * vote;
        }
        for (int bit = 0; squares > 0 && bit < Long.SIZE; bit++) {
            sums[bit] += weight * votes[bit] / Math.sqrt(squares);
        }
    }

    private static long shingle(CharSequence words, int from) {
        long value = 0;
        for (int at = from; at < from + SHINGLE; at++) {
            value = value << Character.SIZE | words.charAt(at);
        }
        value = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        value = (value ^ value >>> 27) * 0x94d049bb133111ebL;
        return value ^ value >>> 31;
    }
}
