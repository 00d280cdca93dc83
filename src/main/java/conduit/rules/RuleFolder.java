package conduit.rules;

import conduit.rules.form.RuleProblem;
import conduit.json.Json;
import conduit.request.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of rule files, the notes beside them, and the copies of their last good versions.
 *
 * @param folder where authors edit
 * @param kept   where the last good versions are kept over a restart
 */
public record RuleFolder(Path folder, Path kept) {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);
    private static final String SUFFIX = ".drl";
    private static final String NOTE = ".error.txt";
    private static final long LARGEST = 4 << 20;

    /** The text of every rule file, by name; one that can't be read as text is told as such, not skipped. */
    Map<String, String> read() {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : list(folder, SUFFIX)) {
            text(file).ifPresent(text -> texts.put(file.getFileName().toString(), text));
        }
        return texts;
    }

    /** A rule file's text, or nothing if there is none of this name. */
    Optional<String> find(String file) {
        return isName(file) && Files.isRegularFile(folder.resolve(file)) ? text(folder.resolve(file)) : Optional.empty();
    }

    void put(String file, String text) throws IOException {
        write(folder.resolve(file), text);
    }

    boolean delete(String file) throws IOException {
        return isName(file) && Files.deleteIfExists(folder.resolve(file));
    }

    /** Whether this can be the name of a rule file: one that lies in the folder itself. */
    static boolean isName(String file) {
        return file.endsWith(SUFFIX) && file.length() > SUFFIX.length() && Ids.isId(file);
    }

    private static Optional<String> text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return Optional.of("# This file is larger than " + LARGEST + " bytes.");
            }
            return Optional.of(Json.utf8(Files.readAllBytes(file)).replaceFirst("^\uFEFF", ""));
        } catch (conduit.problem.ProblemException e) {
            return Optional.of("# " + e.problem().detail());
        } catch (IOException e) {
            LOG.debug("{} went away while it was read", file.getFileName());
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(suffix) && Files.isRegularFile(f)
                    && !f.getFileName().toString().startsWith(".")).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            return List.of();
        }
    }

    Optional<String> lastGood(String file) {
        try {
            return Optional.of(Files.readString(kept.resolve(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps the good versions, writes a note beside each file with a problem and takes the others' notes away. */
    void keep(Map<String, String> good, Map<String, List<RuleProblem>> problems) {
        try {
            Files.createDirectories(kept);
            for (Path file : list(kept, SUFFIX)) {
                String name = file.getFileName().toString();
                if (!good.containsKey(name) && !problems.containsKey(name)) {
                    Files.deleteIfExists(file);
                }
            }
            for (var file : good.entrySet()) {
                if (!file.getValue().equals(lastGood(file.getKey()).orElse(null))) {
                    write(kept.resolve(file.getKey()), file.getValue());
                }
            }
            for (var file : problems.entrySet()) {
                write(folder.resolve(file.getKey() + NOTE), file.getValue().stream().map(RuleProblem::toString)
                        .collect(Collectors.joining("\n")) + "\nUntil this is mended, "
                        + (good.containsKey(file.getKey()) ? "the last good version of this file serves.\n"
                        : "this file is left out.\n"));
            }
            for (Path note : list(folder, SUFFIX + NOTE)) {
                String name = note.getFileName().toString();
                if (!problems.containsKey(name.substring(0, name.length() - NOTE.length()))) {
                    Files.deleteIfExists(note);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The notes beside the rule files can't be written: {}", e.toString());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A short name for this content: the same texts always have the same one. */
    String version(Map<String, String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(texts).forEach((file, text) ->
                    digest.update((file + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
