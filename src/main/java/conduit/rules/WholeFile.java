package conduit.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file that a reader sees whole or not at all. */
final class WholeFile {

    private WholeFile() {
    }

    static void write(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
