package conduit.rules.text;

/** Texts as they stand in DRL. */
public final class Quoted {

    private Quoted() {
    }

    /** A text with what would end it, or its line, escaped. */
    public static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** A text in double quotes. */
    public static String quote(String text) {
        return "\"" + escaped(text) + "\"";
    }
}
