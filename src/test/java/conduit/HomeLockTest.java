package conduit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two Conduits in one home would take each other's calls for their own. */
class HomeLockTest {

    @TempDir
    private Path home;

    @Test
    void aHomeHasOneConduitWhichKeepsItsName() throws IOException {
        String name;
        try (HomeLock first = HomeLock.of(home)) {
            name = first.node();
            assertThatThrownBy(() -> HomeLock.of(home)).isInstanceOf(StartException.class)
                    .hasMessageContaining("in use by another process").hasMessageContaining("-Dconduit.home");
        }
        try (HomeLock again = HomeLock.of(home)) {
            assertThat(again.node()).isEqualTo(name).matches("[0-9a-f]{24}");
        }
    }

    @Test
    void twoHomesHaveTwoNamesAlsoWhereTheirPathsAreEqualElsewhere() throws IOException {
        try (HomeLock one = HomeLock.of(home.resolve("one")); HomeLock two = HomeLock.of(home.resolve("two"))) {
            assertThat(one.node()).isNotEqualTo(two.node());
        }
    }

    @Test
    void aFileThatHoldsNoNameGetsOne() throws IOException {
        Files.createDirectories(home.resolve("h2-data"));
        Files.writeString(home.resolve("h2-data/node"), "half a na");
        try (HomeLock lock = HomeLock.of(home)) {
            assertThat(Files.readString(home.resolve("h2-data/node"))).isEqualTo(lock.node());
        }
    }
}
