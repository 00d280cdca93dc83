package conduit.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Whether a folder takes files. */
public final class WritableFolder {

    private static final int BYTES = 4096;
    private static final String NAME = ".conduit-writes-here";

    private WritableFolder() {
    }

    /**
     * Checks that it is there and may be written; for folders of users, in which nothing else shall appear.
     *
     * @throws FileSystemException if not
     */
    public static void look(Path folder) throws FileSystemException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.getFileName().toString());
        }
        if (!Files.isWritable(folder)) {
            throw new AccessDeniedException(folder.getFileName().toString());
        }
    }

    /**
     * Writes a small file there and takes it away, as permissions don't tell of a full disk.
     *
     * @throws IOException if that fails
     */
    public static void check(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            Files.write(file, new byte[BYTES]);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
