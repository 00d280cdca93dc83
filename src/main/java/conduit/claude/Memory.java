package conduit.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that is free for use: the machine's, or what the control groups leave in which Conduit runs, as in a container.
 *
 * @param root {@code /}
 */
record Memory(Path root) {

    private static final Path GROUPS = Path.of("sys/fs/cgroup");

    /** Bytes; the largest number where nobody tells. */
    long available() {
        long least = field(root.resolve("proc/meminfo"), "MemAvailable:") << 10;
        least = least < 0 ? Long.MAX_VALUE : least;
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && (parts[1].isEmpty() || List.of(parts[1].split(",")).contains("memory"))) {
                least = Math.min(least, left(root.resolve(GROUPS).resolve(parts[1].isEmpty() ? "" : "memory"), parts[2]));
            }
        }
        return least;
    }

    /** What a group and those around it leave; in a container only the outermost folder is there. */
    private static long left(Path top, String group) {
        long least = Long.MAX_VALUE;
        Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
        for (; folder != null && folder.startsWith(top); folder = folder.getParent()) {
            least = Math.min(least, left(folder, "memory.max", "memory.current", "inactive_file "));
            least = Math.min(least, left(folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "));
        }
        return least;
    }

    /** What was read of files and can be let go at once counts as free, as it does for the machine. */
    private static long left(Path folder, String limit, String usage, String cache) {
        long most = field(folder.resolve(limit), "");
        long used = field(folder.resolve(usage), "");
        return most < 0 || used < 0 ? Long.MAX_VALUE
                : Math.max(0, most - used + Math.max(0, field(folder.resolve("memory.stat"), cache)));
    }

    /** The number in the line that begins so, or -1. */
    private static long field(Path file, String name) {
        try {
            return lines(file).stream().filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length()).replace("kB", "").strip())).findFirst()
                    .orElse(-1);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
