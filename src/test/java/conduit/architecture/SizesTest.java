package conduit.architecture;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Files and constructors stay small enough to be read at once. */
class SizesTest {

    private static final Path MAIN = Path.of("src/main/java");
    /** Six collaborators, each a step of ending what a crash left; a bundle of them would only hide it. */
    private static final Set<String> WIDE = Set.of("conduit.ledger.Recovery");

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noFileHasMoreThan300LinesAndHalfOfThemAtMost80() throws IOException {
        List<Path> files = files(MAIN);

        assertThat(files).hasSizeGreaterThan(50).allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(300));
        assertThat(files.stream().map(SizesTest::lines).sorted().skip(files.size() / 2).findFirst().orElseThrow())
                .isLessThanOrEqualTo(80);
    }

    @Test
    void noTestHasMoreThan300Lines() throws IOException {
        assertThat(files(Path.of("src/test/java"))).allSatisfy(file -> assertThat(lines(file))
                .isLessThanOrEqualTo(300));
    }

    @Test
    void noRouteHasMoreThan45Lines() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            assertThat(routes).isNotEmpty().allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(45));
        }
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(files(MAIN).stream().map(Path::getParent).distinct().filter(folder -> !folder.endsWith("conduit")))
                .isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).content()
                        .startsWith("/**"));
    }

    @Test
    void noConstructorTakesMoreThanFiveArgumentsRecordsApart() throws Exception {
        for (Path file : files(MAIN)) {
            String name = MAIN.relativize(file).toString().replace(".java", "").replace('/', '.');
            if (!name.endsWith("package-info") && !WIDE.contains(name)) {
                Class<?> type = Class.forName(name, false, SizesTest.class.getClassLoader());
                if (!type.isRecord() && !type.isEnum()) {
                    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                        assertThat(constructor.getParameterCount()).as(name).isLessThanOrEqualTo(5);
                    }
                }
            }
        }
    }
}
