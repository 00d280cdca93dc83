package conduit.claude;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The exit status of a process whose memory the system still frees: for the CLI that takes some 15 ms, in which it can't do
 * anything any more. Source: proc_pid_stat(5); the flag is PF_EXITING of include/linux/sched.h.
 */
final class ExitStatus {

    private static final int FLAGS = 6;
    private static final int MEMORY = 20;
    private static final int CODE = 49;
    private static final long EXITING = 4;
    private static final int SIGNALLED = 128;

    private ExitStatus() {
    }

    /** The status, 128 + n after signal n, once no thread of the process runs any more; nothing where that can't be told. */
    static OptionalInt of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                if ((Long.parseLong(stat(thread)[FLAGS]) & EXITING) == 0) {
                    return OptionalInt.empty();
                }
            }
            String[] stat = stat(process);
            if (!stat[MEMORY].equals("0")) {
                // Only behind this step does every kernel tell the status.
                return OptionalInt.empty();
            }
            // Who may not read this is told 0 in place of the status.
            Files.readString(process.resolve("io"));
            int code = Integer.parseInt(stat[CODE]);
            return OptionalInt.of((code & 0x7f) == 0 ? code >> 8 & 0xff : SIGNALLED + (code & 0x7f));
        } catch (IOException | RuntimeException e) {
            return OptionalInt.empty();
        }
    }

    /** The fields behind the name, which may hold spaces and parentheses. */
    private static String[] stat(Path folder) throws IOException {
        String line = Files.readString(folder.resolve("stat"));
        return line.substring(line.lastIndexOf(')') + 2).strip().split(" ");
    }
}
