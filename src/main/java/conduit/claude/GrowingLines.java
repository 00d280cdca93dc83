package conduit.claude;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file that another process writes, each once and only when it is whole. One reader a folder. */
final class GrowingLines implements Closeable {

    private static final int PIECE = 64 * 1024;

    private final FileChannel file;
    private final FolderWatch folder;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private ByteBuffer piece;
    private long read;

    GrowingLines(Path file) throws IOException {
        this.file = FileChannel.open(file, StandardOpenOption.READ);
        this.folder = new FolderWatch(file.getParent());
    }

    /** How many bytes were read so far. */
    long bytes() {
        return read;
    }

    /**
     * The lines that came since, without their ends.
     *
     * @param limit the most bytes to be read over all
     */
    List<String> next(long limit) throws IOException {
        List<String> lines = new ArrayList<>();
        while (read < limit) {
            if (piece == null) {
                piece = ByteBuffer.allocate(PIECE);
            }
            piece.clear();
            int count = file.read(piece, read);
            if (count <= 0) {
                break;
            }
            read += count;
            split(count, lines);
        }
        return lines;
    }

    /** Waits until more may have come, or the time is over. */
    void await(long nanos) throws InterruptedException {
        folder.await(nanos);
    }

    /** Ends a wait, or the next one. */
    void wake() {
        folder.wake();
    }

    private void split(int count, List<String> lines) {
        byte[] bytes = piece.array();
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                begun.write(bytes, from, i - from);
                lines.add(begun.toString(StandardCharsets.UTF_8));
                begun.reset();
                from = i + 1;
            }
        }
        begun.write(bytes, from, count - from);
    }

    @Override
    public void close() throws IOException {
        folder.close();
        file.close();
    }
}
