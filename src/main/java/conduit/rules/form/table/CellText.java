package conduit.rules.form.table;

import conduit.rules.text.Quoted;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a cell can stand for. */
final class CellText {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,20})?");
    private static final Pattern THOUSANDS = Pattern.compile("-?[1-9]\\d{0,2}(\\.\\d{3})+");
    /** Where the point is decimal, nobody writes three zeros behind it. */
    private static final Pattern ROUND_THOUSANDS = Pattern.compile("-?[1-9]\\d{0,2}(\\.000)+");
    private static final Pattern COMMA_DECIMAL = Pattern.compile("-?\\d{1,9},\\d{1,9}");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]|[\n\r\t]");
    private static final Set<String> YES = Set.of("true", "yes", "y", "on", "x", "wahr", "ja");
    private static final Set<String> NO = Set.of("false", "no", "n", "off", "falsch", "nein");

    private CellText() {
    }

    /** A whole number such as 20 or 20.0 of at most nine digits, or null. */
    static Integer wholeNumber(String text) {
        return text.matches("-?\\d{1,9}(\\.0{1,20})?") ? new BigDecimal(text).intValue() : null;
    }

    /** Yes or no in the words that spreadsheets have, or null. */
    static Boolean truth(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return YES.contains(lower) ? Boolean.TRUE : NO.contains(lower) ? Boolean.FALSE : null;
    }

    /**
     * A number as DRL writes it, without needless zeros, or null if the text is none or might be two.
     *
     * @param pointIsDecimal whether 50.000 can only be 50
     */
    static String number(String text, boolean pointIsDecimal) {
        String plain = !pointIsDecimal && COMMA_DECIMAL.matcher(text).matches() ? text.replace(',', '.')
                : (pointIsDecimal ? ROUND_THOUSANDS : THOUSANDS).matcher(text).matches() ? "" : text;
        if (!NUMBER.matcher(plain).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(plain).stripTrailingZeros();
        return (number.signum() == 0 ? BigDecimal.ZERO : number).toPlainString();
    }

    /** The text with what would end it, or what no line may hold, escaped for double quotes. */
    static String escaped(String text) {
        return Quoted.escaped(text.replace("\r\n", "\n"));
    }

    static boolean isPrintable(String text) {
        return text.codePoints().allMatch(c -> PRINTABLE.matcher(Character.toString(c)).matches());
    }

    /** Whether the whole text is one text in double quotes. */
    static boolean isQuoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.indexOf('"', 1) == text.length() - 1;
    }

    /** The parts between commas; a part in double quotes may hold commas. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (quoted || text.substring(start, i).isBlank())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
