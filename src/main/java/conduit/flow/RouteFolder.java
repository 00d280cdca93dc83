package conduit.flow;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.ReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of routes against the routes that run. Camel reloads a file that changed, but keeps the routes of one
 * that was deleted, and says of a broken one nothing but a line in the log.
 */
public final class RouteFolder {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);
    private static final String SUFFIX = ".camel.yaml";

    private final Path folder;
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();
    private List<String> told = List.of();

    /** What a file held when it was read, and what tells whether it changed since. */
    private record Seen(Map<String, Object> stamp, List<String> ids) {
    }

    public RouteFolder(Path folder) {
        this.folder = folder;
    }

    /** What stands in the folder and does not run, and why as far as that can be seen. */
    List<String> faults(CamelContext context) {
        List<String> faults = new ArrayList<>();
        for (Path file : files()) {
            try {
                for (String id : ids(file)) {
                    if (context.getRoute(id) == null || !context.getRouteController().getRouteStatus(id).isStarted()) {
                        faults.add(file.getFileName() + ": route " + id + " does not run");
                    }
                }
            } catch (IOException | YamlEngineException e) {
                String line = e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()
                        ? ":" + (marked.getProblemMark().get().getLine() + 1) : "";
                faults.add(file.getFileName() + line + " is no YAML; the routes that it held last go on running");
            }
        }
        ReloadStrategy reload = context.hasService(ReloadStrategy.class);
        if (faults.isEmpty() && reload != null && reload.getLastError() != null) {
            faults.add(newest() + " can't be loaded: " + reload.getLastError().getMessage().lines().findFirst().orElse("")
                    + "; what it held last goes on running");
        }
        return faults;
    }

    /** The file that was edited last: Camel does not say in which one it found the error. */
    private String newest() {
        return files().stream().max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                .map(file -> file.getFileName().toString()).orElse("a file");
    }

    /** Ends the routes whose file is gone, and tells what does not run. */
    public void reconcile(CamelContext context) throws Exception {
        List<String> now = faults(context);
        if (!now.equals(told)) {
            now.forEach(LOG::warn);
            told = now;
        }
        List<Path> there = files();
        seen.keySet().retainAll(there);
        Set<String> files = there.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        for (Route route : List.copyOf(context.getRoutes())) {
            String source = route.getSourceResource() == null ? "" : route.getSourceResource().getLocation();
            String file = source.substring(source.lastIndexOf('/') + 1);
            if (file.endsWith(SUFFIX) && !files.contains(file)) {
                LOG.warn("{} is gone, so its route {} ends", file, route.getRouteId());
                context.getRouteController().stopRoute(route.getRouteId());
                context.removeRoute(route.getRouteId());
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<String> ids(Path file) throws IOException {
        Map<String, Object> stamp = Files.readAttributes(file, "unix:ctime,size,ino,dev");
        Seen known = seen.get(file);
        if (known == null || !known.stamp().equals(stamp)) {
            known = new Seen(stamp, read(file));
            seen.put(file, known);
        }
        return known.ids();
    }

    private static List<String> read(Path file) throws IOException {
        List<String> ids = new ArrayList<>();
        Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        for (Object item : document instanceof List<?> list ? list : List.of()) {
            if (item instanceof Map<?, ?> map && map.get("route") instanceof Map<?, ?> route && route.get("id") != null) {
                ids.add(route.get("id").toString());
            }
        }
        return ids;
    }
}
