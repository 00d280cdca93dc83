package conduit.rules;

import conduit.model.Catalogue;
import conduit.project.Project;
import conduit.rules.RuleFiles.Material;
import conduit.rules.RuleLoader.Loaded;
import conduit.rules.cases.CaseTable;
import conduit.rules.engine.DrlReader;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;
import conduit.rules.warning.RuleWarning;
import conduit.rules.warning.Warnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules that serve now. {@link #refresh} follows the folder; whatever is wrong with a file, its last good version
 * goes on serving and the others change as their authors wish.
 */
public final class RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    private final RuleFolder folder;
    private final FolderStamps stamps;
    private final LastGood lastGood;
    private final RuleLoader loader;
    private final ProjectSets projectSets;
    private final Overtimes overtimes = new Overtimes();
    private volatile State state = new State(new RuleFiles(Map.of(), Map.of()), Map.of(), Map.of(), null, List.of());

    /**
     * What was last seen and what came of it.
     *
     * @param files    the folder as it was last looked at
     * @param good     the versions that serve, by file name
     * @param bad      the files whose newest version does not serve, and why
     * @param warnings about the rules that serve
     */
    private record State(RuleFiles files, Map<String, Loaded> good, Map<String, Loaded> bad, RuleSet serving,
                         List<RuleWarning> warnings) {
    }

    /**
     * The rules of a folder.
     *
     * @param kept   where the last good versions are kept over a restart
     * @param bounds what one decision may take
     */
    public static RuleBook of(Path folder, Path kept, Catalogue catalogue, RuleSet.Bounds bounds) {
        return new RuleBook(new RuleFolder(folder), new LastGood(kept),
                new RuleLoader(new DrlReader(catalogue), bounds));
    }

    RuleBook(RuleFolder folder, LastGood lastGood, RuleLoader loader) {
        this.folder = folder;
        this.stamps = new FolderStamps(folder.folder());
        this.lastGood = lastGood;
        this.loader = loader;
        this.projectSets = new ProjectSets(loader);
    }

    /** Looks at the folder and puts what changed into force; cheap where nothing changed. */
    public synchronized void refresh() {
        if (!stamps.isSettled()) {
            RuleFiles files = folder.read();
            if (!files.equals(state.files()) || state.serving() == null) {
                load(files);
            }
            stamps.wereRead(files);
        }
    }

    private void load(RuleFiles files) {
        Map<String, Loaded> good = new TreeMap<>();
        Map<String, Loaded> bad = new TreeMap<>();
        for (String file : files.names()) {
            Loaded loaded = loaded(file, files.material(file));
            if (loaded.isGood()) {
                good.put(file, loaded);
            } else {
                bad.put(file, loaded);
                Optional.ofNullable(state.good().get(file)).or(() -> lastGood.find(file)
                        .map(last -> loader.load(file, last)).filter(Loaded::isGood))
                        .ifPresent(last -> good.put(file, last));
            }
        }
        serve(files, good, bad);
    }

    /** A file's newest version; what was loaded already is not loaded again. */
    private Loaded loaded(String file, Material material) {
        for (Loaded known : new Loaded[] {state.good().get(file), state.bad().get(file)}) {
            if (known != null && known.material().equals(material)) {
                return known;
            }
        }
        return loader.load(file, material);
    }

    private void serve(RuleFiles files, Map<String, Loaded> good, Map<String, Loaded> bad) {
        RuleSet serving = state.serving();
        List<RuleWarning> warnings = state.warnings();
        if (serving == null || !good.equals(state.good())) {
            serving = compile(good, bad);
            serving.warmUp();
            warnings = Warnings.of(serving.read());
            LOG.info("Rules {} serve: {} rules from {}", serving.version(), serving.rules().size(), good.keySet());
            warnings.forEach(warning -> LOG.warn("{}", warning));
        }
        bad.forEach((file, loaded) -> {
            if (!loaded.equals(state.bad().get(file))) {
                LOG.warn("{} ({})", loaded.problems().get(0), Notes.end(good, file));
            }
        });
        state = new State(files, good, bad, serving, warnings);
        lastGood.keep(materials(good));
        Map<String, String> ends = new TreeMap<>();
        Map<String, List<RuleProblem>> problems = problems();
        problems.keySet().forEach(file -> ends.put(file, Notes.end(good, file)));
        folder.tell(problems, ends);
    }

    /** Compiles what serves; a file that was read and does not compile, which none is known to do, is left out. */
    private RuleSet compile(Map<String, Loaded> good, Map<String, Loaded> bad) {
        try {
            return new RuleSet(Version.of(good), rules(good), loader.bounds());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("Rules that were read don't compile together", e);
            for (var file : List.copyOf(good.entrySet())) {
                Loaded alone = loader.compile(file.getKey(), file.getValue());
                if (!alone.isGood()) {
                    good.remove(file.getKey());
                    bad.put(file.getKey(), alone);
                }
            }
            return new RuleSet(Version.of(good), rules(good), loader.bounds());
        }
    }

    private static Map<String, Material> materials(Map<String, Loaded> good) {
        Map<String, Material> materials = new TreeMap<>();
        good.forEach((file, loaded) -> materials.put(file, loaded.material()));
        return materials;
    }

    private static List<Rule> rules(Map<String, Loaded> good) {
        return good.values().stream().flatMap(loaded -> loaded.rules().stream()).toList();
    }

    /** The rules for a project: its own, then the files. */
    public RuleSet forProject(Project project) {
        return projectSets.of(project, state.serving());
    }

    /** The rules for a project with a candidate in the place of the files that serve; compiled at each call. */
    public RuleSet forProject(Project project, RuleSet candidate) {
        return new ProjectSets(loader).of(project, candidate);
    }

    /** The problems of a project's own rules, or none. */
    public List<RuleProblem> check(Project project) {
        return projectSets.check(project);
    }

    /**
     * What would come of a file's text if it were saved; nothing is stored.
     *
     * @throws conduit.problem.ProblemException if the name is none for a file of rules
     */
    public RuleCheck check(String file, String text) {
        RuleFolder.requireName(file);
        Map<String, String> replaced = Map.of(file, text);
        Trial trial = tryOut(replaced);
        return new RuleCheck(trial.problems(), Warnings.of(rules(trial.good())).stream()
                .filter(w -> file.equals(w.file()) || file.equals(w.otherFile())).toList());
    }

    /**
     * The set that would serve with other files.
     *
     * @param replaced by name; null takes a file away
     * @throws conduit.problem.ProblemException if a name is none for a file of rules
     */
    public Candidate candidate(Map<String, String> replaced) {
        replaced.keySet().forEach(RuleFolder::requireName);
        Trial trial = tryOut(replaced);
        return new Candidate(trial.problems().isEmpty()
                ? new RuleSet(Version.of(trial.good()), rules(trial.good()), loader.bounds()) : null, trial.problems());
    }

    /** A set of rules to try out, or what keeps it from being used: one of the two is empty. */
    public record Candidate(RuleSet rules, List<RuleProblem> problems) {
    }

    private record Trial(Map<String, Loaded> good, List<RuleProblem> problems) {
    }

    /** What serves now, with the files that change, or whose dictionary or cases do, loaded anew. */
    private Trial tryOut(Map<String, String> replaced) {
        RuleFiles now = folder.read();
        RuleFiles then = now.with(replaced);
        Map<String, Loaded> good = new TreeMap<>(state.good());
        good.keySet().retainAll(then.names());
        List<RuleProblem> problems = new ArrayList<>();
        for (String name : then.names()) {
            Material material = then.material(name);
            if (!material.equals(now.material(name))) {
                Loaded loaded = loaded(name, material);
                problems.addAll(loaded.problems());
                good.put(name, loaded);
            } else if (replaced.containsKey(name)) {
                problems.addAll(loaded(name, material).problems());
            }
        }
        if (problems.isEmpty()) {
            replaced.forEach((file, text) -> problems.addAll(text == null || !file.endsWith(CaseTable.END) ? List.of()
                    : CaseTable.read(file, text).problems()));
        }
        return new Trial(good, problems);
    }

    /** A file's content as its author left it; of a workbook one character a byte. */
    public Optional<String> text(String file) {
        return folder.find(file);
    }

    /**
     * Writes a file and puts it into force.
     *
     * @return what was found; if it is not ok, nothing was written
     * @throws conduit.problem.ProblemException if the name is none for a file of rules
     */
    public synchronized RuleCheck put(String file, String text) throws IOException {
        RuleFolder.requireName(file);
        RuleCheck check = check(file, text);
        if (check.ok()) {
            folder.put(file, text);
            refresh();
        }
        return check;
    }

    /**
     * Takes a file away.
     *
     * @return what was found; nothing if there was no such file. If it is not ok, another file needs it, and it stays.
     */
    public synchronized Optional<RuleCheck> delete(String file) throws IOException {
        if (folder.find(file).isEmpty()) {
            return Optional.empty();
        }
        List<RuleProblem> problems = tryOut(Collections.singletonMap(file, null)).problems();
        if (problems.isEmpty()) {
            folder.delete(file);
            refresh();
        }
        return Optional.of(new RuleCheck(problems, List.of()));
    }

    /** The set that serves projects without rules of their own. */
    public RuleSet serving() {
        return state.serving();
    }

    /** Whether a rule file is left out: it has problems, and no version of it was ever good. */
    public boolean isLeftOut(String file) {
        return state.bad().containsKey(file) && !state.good().containsKey(file);
    }

    /** Whether any rule file is left out. */
    public boolean isIncomplete() {
        return state.bad().keySet().stream().anyMatch(this::isLeftOut);
    }

    /** The problems of each file whose newest version does not serve, those that are left out altogether among them. */
    public Map<String, List<RuleProblem>> problems() {
        return Notes.problems(state.files(), state.bad());
    }

    /** What the authors of the rules that serve may not have meant. */
    public List<RuleWarning> warnings() {
        return state.warnings();
    }

    /** Rules that went over the bounds of one decision since they were saved. */
    public Overtimes overtimes() {
        return overtimes;
    }
}
