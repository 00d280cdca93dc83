package conduit.rules.form.sentence;

/** Where texts in straight double quotes and comments stand in a line; an apostrophe is a letter of English here. */
final class Quotes {

    private Quotes() {
    }

    /** The line with every character of a text in quotes, and the quotes, made a quote: what is left is no text. */
    static String blanked(String line) {
        StringBuilder blank = new StringBuilder(line);
        boolean inside = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (inside) {
                blank.setCharAt(i, '"');
                if (c == '\\' && i + 1 < line.length()) {
                    blank.setCharAt(++i, '"');
                } else if (c == '"') {
                    inside = false;
                }
            } else {
                inside = c == '"';
            }
        }
        return blank.toString();
    }

    /** Whether a quote is opened and not closed before this place. */
    static boolean isInside(String line, int place) {
        boolean inside = false;
        for (int i = 0; i < place; i++) {
            char c = line.charAt(i);
            if (c == '\\' && inside) {
                i++;
            } else if (c == '"') {
                inside = !inside;
            }
        }
        return inside;
    }

    /** The line up to a remark that begins with two slashes behind white space. */
    static String withoutRemark(String line) {
        String blank = blanked(line);
        for (int at = blank.indexOf("//"); at >= 0; at = blank.indexOf("//", at + 1)) {
            if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
                return line.substring(0, at);
            }
        }
        return line;
    }

    /** The text with every remark between slash-star and star-slash taken out, its line ends kept. */
    static String withoutBlocks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        boolean quoted = false;
        boolean lineStart = true;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int stop = i + 1;
            if (c == '\n') {
                quoted = false;
            } else if (quoted && c == '\\' && i + 1 < text.length() && text.charAt(i + 1) != '\n') {
                stop = i + 2;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (text.startsWith("//", i) || lineStart && c == '#')) {
                stop = indexOr(text, "\n", i, 0);
            } else if (!quoted && text.startsWith("/*", i)) {
                stop = indexOr(text, "*/", i + 2, 2);
                kept.append(' ');
                text.substring(i, stop).chars().filter(n -> n == '\n').forEach(n -> kept.append('\n'));
                i = stop;
                continue;
            }
            lineStart = c == '\n' || lineStart && Character.isWhitespace(c);
            kept.append(text, i, stop);
            i = stop;
        }
        return kept.toString();
    }

    private static int indexOr(String text, String sought, int from, int more) {
        int at = text.indexOf(sought, from);
        return at < 0 ? text.length() : at + more;
    }
}
