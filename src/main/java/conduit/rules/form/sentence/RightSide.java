package conduit.rules.form.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The right side of a dictionary's entry: DRL in which variables are replaced by what the sentence holds. */
final class RightSide {

    /** One piece: DRL as it stands, or the text of a variable (from 0), maybe changed by a function. */
    private record Piece(String text, int variable, String function) {
    }

    private final List<Piece> pieces;

    private RightSide(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** @throws DictionaryFault if it names a variable that the left side does not have */
    static RightSide of(String text, List<String> variables) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String two = text.substring(i, Math.min(i + 2, text.length()));
            if (two.equals("\\{") || two.equals("\\}") || two.equals("\\#") || two.equals("\\$")) {
                plain.append(text.charAt(++i));
            } else if (c == '\\' && two.length() == 2) {
                // Drools breaks the line at \n; here a line of the author stays one line, so that numbers stay true.
                plain.append(two.equals("\\n") && !quoted ? " " : two);
                i++;
            } else if (c == '{') {
                int close = LeftSide.closing(text, i);
                String inner = text.substring(i + 1, close);
                int mark = inner.indexOf('!');
                String name = mark < 0 ? inner : inner.substring(0, mark);
                int variable = variables.indexOf(name);
                if (variable < 0) {
                    throw new DictionaryFault("The right side names {" + name + "}, which the left side does not have.",
                            "Write one of " + (variables.isEmpty() ? "the left side's variables" : "{"
                                    + String.join("}, {", variables) + "}") + ", or \\{ for the brace itself.");
                }
                pieces.add(new Piece(plain.toString(), -1, null));
                plain.setLength(0);
                pieces.add(new Piece("", variable, mark < 0 ? null : inner.substring(mark + 1)));
                i = close;
            } else {
                quoted ^= c == '"';
                plain.append(c);
            }
        }
        pieces.add(new Piece(plain.toString(), -1, null));
        return new RightSide(List.copyOf(pieces));
    }

    /** The DRL with these texts for the variables. */
    String with(List<String> values) {
        StringBuilder drl = new StringBuilder();
        for (Piece piece : pieces) {
            String text = piece.variable() < 0 ? piece.text() : change(values.get(piece.variable()), piece.function());
            Effort.grow(drl.length() + text.length());
            drl.append(text);
        }
        return drl.toString();
    }

    /** Drools' functions: upper case, lower case, first letter, digits only, and a list of {@code this?that/…}. */
    private static String change(String value, String function) {
        if (function == null) {
            return value;
        }
        return switch (function) {
            case "uc" -> value.toUpperCase(Locale.ROOT);
            case "lc" -> value.toLowerCase(Locale.ROOT);
            case "ucfirst" -> value.isEmpty() ? value : value.substring(0, 1).toUpperCase(Locale.ROOT)
                    + value.substring(1).toLowerCase(Locale.ROOT);
            // A comma that parts no thousands stays, and is refused as what it is.
            case "num" -> value.replaceAll(",(?=\\d{3}(\\D|$))", "").replaceAll("[^-.,\\d]", "");
            default -> choose(value, function);
        };
    }

    private static String choose(String value, String choices) {
        for (String choice : choices.split("/")) {
            int mark = choice.indexOf('?');
            if (mark < 0) {
                return choice;
            }
            if (choice.substring(0, mark).equals(value)) {
                return choice.substring(mark + 1);
            }
        }
        return value;
    }
}
