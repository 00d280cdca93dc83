package conduit.rules.text;

import java.nio.charset.StandardCharsets;

/**
 * A rule file's name and content.
 *
 * @param text what it holds; of a workbook (.xlsx), which is no text, one character a byte
 */
public record RuleSource(String file, String text) {

    /** The bytes of a workbook. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
