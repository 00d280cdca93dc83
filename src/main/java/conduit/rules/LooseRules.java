package conduit.rules;

import conduit.model.Catalogue;
import conduit.rules.RuleFiles.Material;
import conduit.rules.RuleLoader.Loaded;
import conduit.rules.cases.CaseTable;
import conduit.rules.engine.DrlReader;
import conduit.rules.engine.ReadRules;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleSet;
import conduit.rules.form.Forms;
import conduit.rules.text.RuleProblem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rule files of a folder that no server need know: loaded as a server loads them, with the dictionaries and cases
 * beside them. They are read once; nothing is kept and nothing is written.
 */
public final class LooseRules {

    /** A JVM that has just started needs most of a server's half second for its first decision alone. */
    private static final RuleSet.Bounds BOUNDS = new RuleSet.Bounds(Duration.ofSeconds(5), System::nanoTime);

    private final RuleFiles files;
    private final RuleLoader loader;

    private LooseRules(RuleFiles files, RuleLoader loader) {
        this.files = files;
        this.loader = loader;
    }

    /** The files as they lie there now; none if there is no such folder. */
    public static LooseRules in(Path folder, Catalogue catalogue) {
        return new LooseRules(new RuleFolder(folder).read(), new RuleLoader(new DrlReader(catalogue), BOUNDS));
    }

    /** Whether a file of this name is a rule file, a dictionary or a table of cases. */
    public static boolean isPart(String file) {
        return RuleFiles.isPart(file);
    }

    /** The rule files, in the order in which their rules are tried on equal salience. */
    public List<String> names() {
        return files.names();
    }

    /** What is wrong with files that look like rules and that nothing reads. */
    public List<RuleProblem> strays() {
        return files.faults().values().stream().filter(fault -> Strays.mayBe(fault.file())
                || fault.file().endsWith(CaseTable.END)).toList();
    }

    /** The rule files that a file makes: itself, or those that its sentences or cases are for. */
    public List<String> madeOf(String part) {
        return names().stream().filter(file -> parts(file).containsKey(part)).toList();
    }

    /** The texts that a rule file is made of, by name: its own, its dictionaries and its cases. */
    public Map<String, String> parts(String file) {
        Material material = files.material(file);
        Map<String, String> parts = new TreeMap<>(material.dictionaries());
        parts.put(file, material.text());
        if (material.cases() != null) {
            parts.put(material.casesFile(), material.cases());
        }
        return parts;
    }

    /** Takes a file through all its checks, its cases included. */
    public ReadRules check(String file) {
        return load(file, files.material(file));
    }

    /** Reads a file whatever its cases say. */
    public ReadRules read(String file) {
        Material material = files.material(file);
        return load(file, new Material(material.text(), material.dictionaries(), null, null, material.fault()));
    }

    private ReadRules load(String file, Material material) {
        Loaded loaded = loader.load(file, material);
        return new ReadRules(loaded.rules(), loaded.problems());
    }

    /** The cases beside a file, if there are any. */
    public Optional<CaseTable> cases(String file) {
        Material material = files.material(file);
        return Optional.ofNullable(material.cases()).map(text -> CaseTable.read(material.casesFile(), text));
    }

    /** The name of the table of cases that a file has, or would have. */
    public static String casesName(String file) {
        return Forms.stem(file).orElse(file) + CaseTable.END;
    }

    /** The cases of any file, or nothing if it can't be read. */
    public static Optional<CaseTable> casesIn(Path file) {
        return FileText.read(file).map(read -> CaseTable.read(file.getFileName().toString(), read.text()));
    }

    /** @param rules by file and in their order */
    public static RuleSet compile(List<Rule> rules) {
        return new RuleSet("files", rules, BOUNDS);
    }
}
