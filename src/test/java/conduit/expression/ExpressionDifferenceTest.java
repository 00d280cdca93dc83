package conduit.expression;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A shortcut or a translation that changes an answer: random expressions on random texts against Java's own engine. */
class ExpressionDifferenceTest {

    private static final int EXPRESSIONS = Integer.getInteger("expressions", 600);
    private static final int TEXTS = 12;
    private static final List<String> ENDS = List.of("", "", ".*", "(?s:.*)", "\\b", ".*\\b", "(?s:.*)(?:", "^", ".+");
    private static final List<String> ATOMS = List.of("a", "b", "ab", "bab", "K", "é", "s", "i", "😀", ".", "\\s", "\\w",
            "\\W", "\\d", "[ab]", "[^a]", "[^\\sb]", "[a-k-]", "\\h", "\\v", "\\S", "\\Qa.b\\E", "\\.", "\\n",
            "\\p{L}", "\\P{Lower}", "\\p{Alpha}", "(?i:aB)", "(?-i:a)", "(?s:.)", "\\x61", "\\b", "\\B", "\\H", "[é-ü]");
    private static final List<String> REPEATS = List.of("", "", "", "", "*", "+", "?", "*?", "{2}", "{0,2}", "{1,}");
    private static final List<String> FLAGS = List.of("", "", "(?iu)", "(?s)", "(?isu)", "(?d)", "(?si-s:a?)");
    private static final List<String> PIECES = List.of("a", "b", "ab", "bab", "A", "B", "k", "\u212a", "é", "É", "ſ", "S",
            "İ", "ı", "I", "😀", " ", "\n", "\r", "\r\n", "\u2028", "\u000b", "1", ".", "a.b", "ü", "_", "\u00a0", "\u0085");

    private SplittableRandom random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itAnswersAsJavaDoesAndAsItselfWithoutShortcuts(long seed) {
        random = new SplittableRandom(seed);
        int found = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String written = expression();
            // Java's $ stands before a last line end too.
            Pattern java = Pattern.compile(written.replace("$", "\\z"));
            Expression expression = Expression.compile(written);
            Search engine = new Search(Parser.parse(written).row(), true, true);
            for (int j = 0; j < TEXTS; j++) {
                Subject text = Subject.of(text(random.nextInt(9)));
                // Java 17 counts letters of all scripts for an edge, Java 19 those of ASCII, as here.
                boolean edges = written.matches("(?s).*\\\\[bB].*") && text.text().chars().anyMatch(c -> c > 127);
                // Java gives a repeated group up after a round that took nothing, though another round may fit.
                boolean repeatedGroup = written.matches("(?s).*\\)[*+{].*");
                boolean whole = engine.runs(text, Deadline.none(), 0);
                same(written, text, whole, java.matcher(text.text()).matches(), edges, repeatedGroup);
                assertThat(expression.fits(text, Deadline.none())).as("%s fits <%s>", written, text).isEqualTo(whole);
                boolean inside = new Search(List.of(Node.Repeat.any(Node.ANY), Parser.parse(written),
                        Node.Repeat.any(Node.ANY)), true, true).runs(text, Deadline.none(), 0);
                same(written, text, inside, java.matcher(text.text()).find(), edges, repeatedGroup);
                assertThat(expression.isIn(text, Deadline.none())).as("%s in <%s>", written, text).isEqualTo(inside);
                found += (whole ? 1 : 0) + (inside ? 1 : 0);
            }
        }
        assertThat(found).isBetween(EXPRESSIONS * TEXTS / 10, EXPRESSIONS * TEXTS * 19 / 10);
    }

    private static void same(String written, Subject text, boolean ours, boolean java, boolean edges,
            boolean repeatedGroup) {
        if (!edges && (java || !repeatedGroup)) {
            assertThat(ours).as("%s on <%s>", written, text).isEqualTo(java);
        }
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String text(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(one(PIECES));
        }
        return text.toString();
    }

    private String expression() {
        String begin = one(ENDS);
        StringBuilder written = new StringBuilder(one(FLAGS)).append(begin);
        sequence(written, 0);
        written.append(begin.endsWith(":") ? ")" : "");
        String end = one(ENDS);
        return written.append(end.endsWith(":") || end.equals("^") ? "$" : end).toString();
    }

    private void sequence(StringBuilder written, int depth) {
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            if (depth < 2 && random.nextInt(4) == 0) {
                written.append(random.nextBoolean() ? "(" : "(?:");
                sequence(written, depth + 1);
                if (random.nextBoolean()) {
                    written.append('|');
                    sequence(written, depth + 1);
                }
                written.append(')');
            } else {
                written.append(one(ATOMS));
            }
            written.append(one(REPEATS));
        }
    }
}
