package conduit.backup.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, none longer than a bound: a small file can be the press of an endless line. */
final class Lines {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private byte[] line = new byte[1 << 12];
    private int length;
    private long number;

    /** @param longest bytes */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Reads the next line into {@link #bytes}; false at the end. */
    boolean next() throws IOException {
        length = 0;
        number++;
        while (true) {
            if (at == filled) {
                at = 0;
                filled = Math.max(0, in.read(buffer));
                if (filled == 0) {
                    if (length > 0) {
                        throw new BadFile("is not whole: it ends within line " + number);
                    }
                    return false;
                }
            }
            int from = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            append(from);
            if (at < filled) {
                at++;
                return true;
            }
        }
    }

    private void append(int from) {
        int more = at - from;
        if (more > longest - length) {
            throw new BadFile("has a line " + number + " of more than " + longest + " bytes, which no row has");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(longest, Math.max(2L * line.length, length + (long) more)));
        }
        System.arraycopy(buffer, from, line, length, more);
        length += more;
    }

    /** Holds the line in its first {@link #length} bytes. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Counts from 1. */
    long number() {
        return number;
    }
}
