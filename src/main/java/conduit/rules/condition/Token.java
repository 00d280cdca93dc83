package conduit.rules.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of a condition. */
record Token(Kind kind, String text) {

    enum Kind { TEXT, NUMBER, WORD, SIGN, END }

    private static final Pattern NOTE = Pattern.compile("\\s*metadata\\s*\\.");
    private static final int LONGEST = 10_000;
    private static final Pattern ESCAPE = Pattern.compile("(?s)\\\\.");
    private static final Pattern PIECE = Pattern.compile("\\s+"
            + "|(?<text>\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+')"
            + "|(?<number>\\d+(?:\\.\\d+)?)"
            + "|(?<word>[$A-Za-z_][$A-Za-z0-9_]*+)"
            + "|(?<sign>==|!=|<=|>=|&&|\\|\\||[<>!(),:\\[\\]-])");

    /** @throws Fault at the first character that has no place in a condition */
    static List<Token> of(String condition) throws Fault {
        if (condition.length() > LONGEST) {
            throw new Fault("A condition is longer than " + LONGEST + " characters.", "Write several rules.");
        }
        List<Token> tokens = new ArrayList<>();
        Matcher piece = PIECE.matcher(condition);
        for (int at = 0; at < condition.length(); at = piece.end()) {
            if (!piece.find(at) || piece.start() != at) {
                throw new Fault("\"" + condition + "\" has \"" + condition.charAt(at) + "\", which is not allowed in a "
                        + "condition.", NOTE.matcher(condition).lookingAt() ? "Write metadata[\"…\"] for a note, such as "
                        + "metadata[\"team\"] == \"legal\"." : "Compare fields with == != < > <= >= matches contains memberOf in.");
            }
            for (Kind kind : List.of(Kind.TEXT, Kind.NUMBER, Kind.WORD, Kind.SIGN)) {
                String text = piece.group(kind.name().toLowerCase(java.util.Locale.ROOT));
                if (text != null) {
                    tokens.add(new Token(kind, text));
                }
            }
        }
        tokens.add(new Token(Kind.END, ""));
        return tokens;
    }

    boolean is(String sign) {
        return kind != Kind.TEXT && text.equals(sign);
    }

    /** What stands between the quotes, escapes resolved; others of Java, such as one for a space, would surprise. */
    String unquoted() throws Fault {
        String inner = text.substring(1, text.length() - 1);
        if (ESCAPE.matcher(inner).results().anyMatch(escape -> "\\\"'nrt".indexOf(escape.group().charAt(1)) < 0)) {
            throw new Fault(text + " has a backslash before a character that it can't go before.",
                    "Write \\\\ for a backslash, also in an expression: \"\\\\bcontract\\\\b\".");
        }
        return inner.translateEscapes();
    }
}
