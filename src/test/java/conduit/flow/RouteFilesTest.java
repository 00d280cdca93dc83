package conduit.flow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The route files tell the architecture: short, each route with an id and a sentence, no code in them. */
class RouteFilesTest {

    private static final int MOST_LINES = 60;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> parts(Path file) throws IOException {
        return (List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> routes(Path file) throws IOException {
        return parts(file).stream().filter(part -> part.containsKey("route"))
                .map(part -> (Map<String, Object>) part.get("route")).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsShortAndEachOfItsRoutesSaysWhatItIs(Path file) throws IOException {
        assertThat(file.getFileName().toString()).matches("\\d\\d-[a-z-]+\\.camel\\.yaml");
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MOST_LINES).first().asString().startsWith("# ");
        for (Map<String, Object> route : routes(file)) {
            assertThat((String) route.get("id")).matches("[a-z]+(-[a-z]+)*");
            assertThat((String) route.get("description")).as("description of " + route.get("id")).matches("[A-Z].{15,}[^.]");
        }
        for (Map<String, Object> part : parts(file)) {
            assertThat(part.keySet()).as("an inlet without an id would not be watched").isSubsetOf("route", "routeConfiguration");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noScriptStandsInARoute(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContainPattern("(?i)\\b(groovy|javascript|mvel|jexl|joor|java:|script:|ognl|python)\\b");
    }

    @Test
    void noTwoRoutesHaveOneId() throws IOException {
        List<Object> ids = new ArrayList<>();
        for (Path file : files()) {
            routes(file).forEach(route -> ids.add(route.get("id")));
        }
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }
}
