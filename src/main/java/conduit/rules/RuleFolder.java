package conduit.rules;

import conduit.problem.Problem;
import conduit.request.Ids;
import conduit.rules.text.RuleProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder in which authors edit, and the notes beside their files.
 *
 * @param folder where authors edit
 */
record RuleFolder(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);
    private static final String NOTE = ".error.txt";

    /** All files that rules are made of, and what is wrong with those that nothing can read or use. */
    RuleFiles read() {
        Map<String, String> texts = new TreeMap<>();
        Map<String, RuleProblem> faults = new TreeMap<>();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            Strays.problem(name).ifPresent(stray -> faults.put(name, stray));
            if (RuleFiles.isPart(name)) {
                FileText.read(file).ifPresent(read -> {
                    texts.put(name, read.text());
                    Optional.ofNullable(read.fault()).ifPresent(fault -> faults.put(name, fault));
                });
            }
        }
        texts.keySet().forEach(name -> Strays.problem(name, texts.keySet()).ifPresent(p -> faults.putIfAbsent(name, p)));
        return new RuleFiles(texts, faults);
    }

    /** A file's content as it lies there, or nothing if there is none of this name. */
    Optional<String> find(String file) {
        return isName(file) && Files.isRegularFile(folder.resolve(file))
                ? FileText.read(folder.resolve(file)).map(FileText::text) : Optional.empty();
    }

    void put(String file, String text) throws IOException {
        WholeFile.write(folder.resolve(file), bytes(file, text));
    }

    boolean delete(String file) throws IOException {
        return isName(file) && Files.deleteIfExists(folder.resolve(file));
    }

    /** Whether this can be the name of a file of rules: one that lies in the folder itself. */
    static boolean isName(String file) {
        return RuleFiles.isPart(file) && Ids.isId(file);
    }

    /** @throws conduit.problem.ProblemException if this can't be such a name */
    static void requireName(String file) {
        if (!isName(file)) {
            throw Problem.field("file", "The file's name is \"" + file + "\"; it must end in .drl, .drl.csv, .drl.xlsx, "
                    + ".dslr, .dsl or .cases.csv and hold letters, digits, '.', '_' or '-' only.").asException();
        }
    }

    private static byte[] bytes(String file, String text) {
        return text.getBytes(file.endsWith(".xlsx") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith(".")).sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Writes a note beside each file with a problem and takes the others' notes away.
     *
     * @param problems by file
     * @param ends     how each file's note ends: what serves in its place
     */
    void tell(Map<String, List<RuleProblem>> problems, Map<String, String> ends) {
        try {
            for (var file : problems.entrySet()) {
                String note = file.getValue().stream().map(RuleProblem::toString).collect(Collectors.joining("\n")) + "\n"
                        + ends.get(file.getKey()) + "\n";
                Path beside = folder.resolve(file.getKey() + NOTE);
                if (!Files.exists(beside) || !Files.readString(beside).equals(note)) {
                    WholeFile.write(beside, note.getBytes(StandardCharsets.UTF_8));
                }
            }
            for (Path note : list(folder)) {
                String name = note.getFileName().toString();
                String file = name.endsWith(NOTE) ? name.substring(0, name.length() - NOTE.length()) : "";
                if ((RuleFiles.isPart(file) || Strays.mayBe(file)) && !problems.containsKey(file)) {
                    Files.deleteIfExists(note);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The notes beside the rule files can't be written: {}", e.toString());
        }
    }
}
