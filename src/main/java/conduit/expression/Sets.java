package conduit.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of sets of characters in Java's syntax, as RE2/J writes them between [ and ]. */
final class Sets {

    private static final Map<String, String> POSIX = List.of("Lower", "Upper", "ASCII", "Alpha", "Digit", "Alnum",
            "Punct", "Graph", "Print", "Blank", "Cntrl", "XDigit", "Space").stream()
            .collect(Collectors.toMap(name -> name, name -> name.toLowerCase(Locale.ROOT)));
    private static final List<String> CASES = List.of("Lu", "Ll", "Lt");
    private static final Map<Character, String> SHORT = Map.of(
            'd', "0-9", 'D', "\\D", 'w', "\\w", 'W', "\\W", 's', "[:space:]", 'S', "[:^space:]",
            'h', "\t \u00A0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000",
            'H', "\\x00-\\x08\\x0A-\\x1F!-\u009F\u00A1-\u167F\u1681-\u180d\u180f-\u1fff\u200b-\u202e\u2030-\u205e"
                    + "\u2060-\u2fff\u3001-\\x{10FFFF}",
            'v', "\\x0A-\\x0D\u0085\u2028\u2029",
            'V', "\\x00-\\x09\\x0E-\u0084\u0086-\u2027\u202A-\\x{10FFFF}");

    private Sets() {
    }

    /** What {@code \d} and its like stand for; null where the letter names no set. */
    static String named(int letter) {
        return SHORT.get((char) letter);
    }

    /** Reads the name behind {@code \p} or {@code \P}. */
    static String property(Cursor cursor, int from, boolean without, boolean fold) {
        String name = cursor.eat("{") ? cursor.upTo("}") : cursor.more() ? Character.toString(cursor.next()) : null;
        if (name == null) {
            throw cursor.wrong(from, "a \\p without a name", "Write \\p{L} for any letter.");
        }
        String posix = POSIX.get(name);
        if (posix != null) {
            boolean anyCase = fold && (posix.equals("lower") || posix.equals("upper"));
            return "[:" + (without ? "^" : "") + (anyCase ? "alpha" : posix) + ":]";
        }
        if (name.startsWith("java") || name.startsWith("In") || name.startsWith("blk=") || name.startsWith("block=")) {
            throw cursor.wrong(from, "a set of characters by block or by Java method, which is not supported",
                    "Write \\p{Lu} for capitals, \\p{IsGreek} for a script, or a range such as [α-ω].");
        }
        String known = name.matches("Is.+") ? name.substring(2) : name.replaceFirst("^(sc|script|gc|general_category)=", "");
        known = known.length() < 3 ? known : Arrays.stream(known.toLowerCase(Locale.ROOT).split("_"))
                .map(word -> word.isEmpty() ? word : Character.toTitleCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining("_"));
        if (!known.matches("[A-Z][A-Za-z_]*") || !isKnown(known)) {
            throw cursor.wrong(from, "a set of characters that is not known",
                    "Write \\p{L} for letters, \\p{Lu} for capitals, \\p{N} for digits, \\p{P} for punctuation, "
                            + "\\p{IsLatin} for a script, or list the characters in [ ].");
        }
        if (fold && CASES.contains(known)) {
            if (without) {
                throw cursor.wrong(from, "all but capitals or small letters where (?i) takes them for the same",
                        "Put (?-i:…) around it.");
            }
            return "\\p{Lu}\\p{Ll}\\p{Lt}";
        }
        return (without ? "\\P{" : "\\p{") + known + "}";
    }

    private static boolean isKnown(String name) {
        try {
            com.google.re2j.Pattern.compile("\\p{" + name + "}");
            return true;
        } catch (com.google.re2j.PatternSyntaxException e) {
            return false;
        }
    }
}
