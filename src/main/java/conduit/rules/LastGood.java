package conduit.rules;

import conduit.json.Json;
import conduit.rules.RuleFiles.Material;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last good version of each rule file, kept over a restart with the dictionaries that it needs.
 *
 * @param folder where they are kept
 */
record LastGood(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final String SUFFIX = ".json";

    Optional<Material> find(String file) {
        try {
            return Optional.of(Json.as(Json.tree(Files.readString(path(file))), Material.class));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Keeps these versions, and no others. */
    void keep(Map<String, Material> good) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> kept = Files.list(folder)) {
                for (Path old : kept.toList()) {
                    String name = old.getFileName().toString();
                    if (!name.endsWith(SUFFIX) || !good.containsKey(name.substring(0, name.length() - SUFFIX.length()))) {
                        Files.deleteIfExists(old);
                    }
                }
            }
            for (var file : good.entrySet()) {
                if (!file.getValue().equals(find(file.getKey()).orElse(null))) {
                    WholeFile.write(path(file.getKey()), Json.write(file.getValue()).getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            LOG.warn("The last good rules can't be kept: {}", e.toString());
        }
    }

    private Path path(String file) {
        return folder.resolve(file + SUFFIX);
    }
}
