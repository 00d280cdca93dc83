package conduit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Keeps a second Conduit out of this home, whatever the database, and names this one among those that share it. The name
 * lies in {@code h2-data/node}, so that the calls in {@code h2-data/spool} keep their owner wherever the folder is moved.
 */
final class HomeLock implements AutoCloseable {

    private static final int BYTES = 12;

    private final FileChannel channel;
    private final String node;

    private HomeLock(FileChannel channel, String node) {
        this.channel = channel;
        this.node = node;
    }

    /** @throws StartException if another process has the home, or the file can't be written */
    static HomeLock of(Path home) {
        Path file = home.resolve("h2-data/node");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                if (!isLocked(channel)) {
                    throw new StartException(home + " is in use by another process. Stop the other Conduit, or give this "
                            + "one its own folder with -Dconduit.home=….", null);
                }
                return new HomeLock(channel, name(channel));
            } catch (IOException | StartException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartException("The file " + file + " can't be written (" + e.getClass().getSimpleName()
                    + "). Make h2-data writable, and see that there is room.", e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String name(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2 * BYTES);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            continue;
        }
        String name = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
        if (name.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            return name;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(made.getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return made;
    }

    /** The name of this Conduit, 24 hexadecimal digits. */
    String node() {
        return node;
    }

    void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // The process ends, and its locks with it.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
