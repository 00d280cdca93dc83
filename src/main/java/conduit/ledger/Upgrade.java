package conduit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a migration of H2 all or nothing: H2 commits each change of a table at once, so that a kill or a full disk leaves
 * half a migration, which nothing could go on from. The file as it was stands beside it until all is done.
 *
 * @param file the database's file
 */
record Upgrade(Path file) {

    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:file:([^;]+).*");

    /** Null where the database is not a file of H2's. */
    static Upgrade of(String url) {
        Matcher path = H2_FILE.matcher(url);
        return path.matches() ? new Upgrade(Path.of(path.group(1) + ".mv.db")) : null;
    }

    private Path before() {
        return file.resolveSibling(file.getFileName() + ".before-upgrade");
    }

    boolean wasCut() {
        return Files.exists(before());
    }

    /** To be called while the database is closed. */
    void begin() {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, before(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes back to the file as it was; to be called while the database is closed. */
    void undo() {
        try {
            Files.move(before(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void done() {
        try {
            Files.deleteIfExists(before());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
