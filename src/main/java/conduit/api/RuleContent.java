package conduit.api;

import conduit.json.Fields;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads a rule file's content out of a JSON body. */
final class RuleContent {

    private RuleContent() {
    }

    /**
     * The text in {@code content}; a workbook stands there in Base64, and becomes one character a byte.
     *
     * @throws conduit.problem.ProblemException if it is missing or not Base64
     */
    static String of(String file, Fields in) {
        if (!in.has("content")) {
            throw in.wrong("content", "the text of a rule file");
        }
        String content = in.text("content");
        if (file == null || !file.endsWith(".xlsx")) {
            return content;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(content), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw in.wrong("content", "a workbook's bytes in Base64");
        }
    }
}
