package conduit.rules;

import conduit.json.Json;
import conduit.problem.ProblemException;
import conduit.rules.text.RuleProblem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of rules holds.
 *
 * @param text  of a workbook one character a byte; as well as it can be read where there is a fault
 * @param fault what keeps it from being read as text, or null
 */
record FileText(String text, RuleProblem fault) {

    private static final long LARGEST = 4 << 20;

    /** Nothing if the file is not there, or went away while it was read. */
    static Optional<FileText> read(Path file) {
        String name = file.getFileName().toString();
        try {
            if (Files.size(file) > LARGEST) {
                return Optional.of(new FileText("", new RuleProblem(name, 0, null, "The file is larger than " + LARGEST
                        + " bytes.", "Split it into several files.")));
            }
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(name.endsWith(".xlsx") ? new FileText(new String(bytes, StandardCharsets.ISO_8859_1), null)
                    : text(name, bytes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FileText text(String name, byte[] bytes) {
        try {
            return new FileText(Json.utf8(bytes).replaceFirst("^\uFEFF", ""), null);
        } catch (ProblemException e) {
            return new FileText(new String(bytes, StandardCharsets.ISO_8859_1), new RuleProblem(name, 0, null,
                    "The file is not saved as UTF-8. " + e.problem().detail(),
                    name.endsWith(".csv") ? "Save it as \"CSV UTF-8\"." : "Save it with the encoding UTF-8."));
        }
    }
}
