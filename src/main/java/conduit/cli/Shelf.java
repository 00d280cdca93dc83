package conduit.cli;

import conduit.json.Nearest;
import conduit.model.Catalogue;
import conduit.rules.LooseRules;
import conduit.rules.text.RuleProblem;
import conduit.rules.warning.RuleWarning;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rule files of one folder that were named on the command line.
 *
 * @param folder as it was written; empty for the folder in which Conduit was called
 * @param files  their names, in the order in which their rules are tried on equal salience
 * @param strays what is wrong with files that nothing reads, where the folder itself was named
 */
record Shelf(Path folder, LooseRules rules, TreeSet<String> files, List<RuleProblem> strays) {

    private static final String ENDS = ".drl, .drl.csv, .drl.xlsx or .dslr";

    /**
     * Finds what was named.
     *
     * @param words rule files, dictionaries or cases, or folders of them
     * @throws Misuse if there is no such file, or nothing that rules are made of
     */
    static List<Shelf> of(List<String> words, Catalogue catalogue) {
        Map<Path, Shelf> shelves = new LinkedHashMap<>();
        for (String word : words) {
            Path path = path(word);
            boolean isFolder = Files.isDirectory(path);
            Path folder = isFolder ? path.normalize() : path.resolveSibling("");
            Shelf shelf = shelves.computeIfAbsent(folder.toAbsolutePath().normalize(),
                    place -> new Shelf(folder, LooseRules.in(place, catalogue), new TreeSet<>(), new ArrayList<>()));
            if (isFolder && shelf.strays.isEmpty()) {
                shelf.strays.addAll(shelf.rules.strays());
            }
            shelf.files.addAll(isFolder ? shelf.all(word) : shelf.find(word, path));
        }
        return new ArrayList<>(shelves.values());
    }

    static Path path(String word) {
        if (word.isBlank()) {
            throw new Misuse("A file's name is empty.");
        }
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new Misuse("\"" + word + "\" can't be a file's name.");
        }
    }

    private List<String> all(String word) {
        if (rules.names().isEmpty()) {
            throw new Misuse("The folder " + word + " holds no rule file; their names end in " + ENDS + ".");
        }
        return rules.names();
    }

    private List<String> find(String word, Path path) {
        String name = path.getFileName() == null ? word : path.getFileName().toString();
        if (!Files.exists(path)) {
            String nearest = rules.names().isEmpty() ? null : Nearest.of(name, rules.names());
            throw new Misuse("There is no file " + word + "."
                    + (nearest == null ? "" : " Did you mean " + shown(nearest) + "?"));
        }
        if (!LooseRules.isPart(name)) {
            throw new Misuse(word + " is no rule file; their names end in " + ENDS + ".");
        }
        List<String> files = rules.madeOf(name);
        if (files.isEmpty()) {
            throw new Misuse(Files.isReadable(path) && !rules.names().contains(name)
                    ? word + " belongs to no rule file beside it." : word + " can't be read.");
        }
        return files;
    }

    /** A file of this folder as a user would write it. */
    String shown(String file) {
        return folder.resolve(file).toString();
    }

    /** The same problem with the file as a user would write it. */
    RuleProblem shown(RuleProblem problem) {
        return new RuleProblem(shown(problem.file()), problem.line(), problem.rule(), problem.message(), problem.fix());
    }

    /** The same warning with its files as a user would write them. */
    RuleWarning shown(RuleWarning warning) {
        return new RuleWarning(warning.file() == null ? null : shown(warning.file()), warning.line(), warning.rule(),
                warning.otherFile() == null ? null : shown(warning.otherFile()), warning.otherLine(),
                warning.otherRule(), warning.message(), warning.fix());
    }
}
