package conduit.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** In a container the machine's free memory is not what may be taken: processes that wait would get Conduit killed. */
class MemoryTest {

    private static final long MB = 1 << 20;

    @TempDir
    Path root;

    private void write(String file, String content) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), content);
    }

    @Test
    void theMachinesWhereNoGroupIsBounded() throws Exception {
        write("proc/meminfo", "MemTotal:       9000000 kB\nMemAvailable:    2048000 kB\n");
        write("proc/self/cgroup", "0::/user.slice\n");
        write("sys/fs/cgroup/user.slice/memory.max", "max\n");
        write("sys/fs/cgroup/user.slice/memory.current", "1000\n");
        assertThat(new Memory(root).available()).isEqualTo(2000 * MB);
    }

    @Test
    void whatTheNarrowestGroupLeavesAndFilesThatWereReadAreFree() throws Exception {
        write("proc/meminfo", "MemAvailable:    20480000 kB\n");
        write("proc/self/cgroup", "0::/system.slice/conduit.service\n");
        write("sys/fs/cgroup/system.slice/conduit.service/memory.max", 900 * MB + "\n");
        write("sys/fs/cgroup/system.slice/conduit.service/memory.current", 800 * MB + "\n");
        write("sys/fs/cgroup/system.slice/conduit.service/memory.stat", "anon 1\ninactive_file " + 50 * MB + "\n");
        assertThat(new Memory(root).available()).isEqualTo(150 * MB);
        write("sys/fs/cgroup/system.slice/memory.max", 1000 * MB + "\n");
        write("sys/fs/cgroup/system.slice/memory.current", 990 * MB + "\n");
        assertThat(new Memory(root).available()).isEqualTo(10 * MB);
    }

    /** There the group's path is the host's, and its files are at the top. */
    @Test
    void aContainersOfEitherVersion() throws Exception {
        write("proc/self/cgroup", "0::/docker/abc\n");
        write("sys/fs/cgroup/memory.max", 500 * MB + "\n");
        write("sys/fs/cgroup/memory.current", 600 * MB + "\n");
        assertThat(new Memory(root).available()).as("nothing is left").isZero();
        write("proc/self/cgroup", "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", 700 * MB + "\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", 600 * MB + "\n");
        assertThat(new Memory(root).available()).isEqualTo(100 * MB);
    }

    @Test
    void whereNobodyTellsThereIsEnough() throws Exception {
        assertThat(new Memory(root).available()).isEqualTo(Long.MAX_VALUE);
        write("proc/meminfo", "MemAvailable: lots\n");
        assertThat(new Memory(root).available()).isEqualTo(Long.MAX_VALUE);
    }
}
