package conduit.rules;

import conduit.rules.engine.RuleCompiler;
import conduit.rules.engine.RuleSet;
import conduit.rules.form.RuleProblem;
import conduit.rules.form.RuleSource;
import conduit.problem.Problem;
import conduit.project.Project;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules that serve now. {@link #refresh} follows the folder; whatever is wrong with a file, its last good text
 * goes on serving and the others change as their authors wish.
 */
public final class RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);
    private static final int MOST_PROJECT_SETS = 200;

    private final RuleFolder folder;
    private final RuleCompiler compiler;
    private final Map<String, RuleSet> projectSets = new ConcurrentHashMap<>();
    private volatile State state = new State(Map.of(), Map.of(), Map.of(), null);

    /**
     * What was last seen and what came of it.
     *
     * @param texts    each file's text as it was last looked at
     * @param good     the texts that serve, by file name
     * @param problems the problems of files whose text is not the one that serves
     */
    private record State(Map<String, String> texts, Map<String, String> good, Map<String, List<RuleProblem>> problems,
                         RuleSet serving) {
    }

    public RuleBook(RuleFolder folder, RuleCompiler compiler) {
        this.folder = folder;
        this.compiler = compiler;
    }

    /** Looks at the folder and puts what changed into force; cheap where nothing changed. */
    public synchronized void refresh() {
        Map<String, String> texts = folder.read();
        if (texts.equals(state.texts()) && state.serving() != null) {
            return;
        }
        Map<String, String> good = new TreeMap<>();
        Map<String, List<RuleProblem>> problems = new LinkedHashMap<>();
        texts.forEach((file, text) -> {
            if (text.equals(state.good().get(file))) {
                good.put(file, text);
                return;
            }
            List<RuleProblem> found = text.equals(state.texts().get(file)) && state.problems().containsKey(file)
                    ? state.problems().get(file) : compiler.check(new RuleSource(file, text));
            if (found.isEmpty()) {
                good.put(file, text);
            } else {
                problems.put(file, found);
                Optional.ofNullable(state.good().get(file)).or(() -> folder.lastGood(file))
                        .filter(last -> compiler.check(new RuleSource(file, last)).isEmpty())
                        .ifPresent(last -> good.put(file, last));
            }
        });
        serve(texts, good, problems);
    }

    private void serve(Map<String, String> texts, Map<String, String> good, Map<String, List<RuleProblem>> problems) {
        RuleSet serving = state.serving();
        if (serving == null || !good.equals(state.good())) {
            serving = compiler.compile(sources(good), folder.version(good));
            serving.warmUp();
            projectSets.clear();
            LOG.info("Rules {} serve: {} rules from {}", serving.version(), serving.rules().size(), good.keySet());
        }
        problems.forEach((file, found) -> {
            if (!found.equals(state.problems().get(file))) {
                LOG.warn("{} {}", found.get(0), good.containsKey(file)
                        ? "(The file's last good version goes on serving.)" : "(The file is left out.)");
            }
        });
        state = new State(texts, good, problems, serving);
        folder.keep(good, problems);
    }

    private static List<RuleSource> sources(Map<String, String> texts) {
        List<RuleSource> sources = new ArrayList<>();
        texts.forEach((file, text) -> sources.add(new RuleSource(file, text)));
        return sources;
    }

    /** The rules for a project: its own, then the files. */
    public RuleSet forProject(Project project) {
        State now = state;
        Optional<RuleSource> own = ProjectDrl.write(project);
        if (own.isEmpty()) {
            return now.serving();
        }
        String key = now.serving().version() + "+" + folder.version(Map.of("", own.get().text()));
        if (projectSets.size() > MOST_PROJECT_SETS) {
            projectSets.clear();
        }
        return projectSets.computeIfAbsent(key, version -> {
            List<RuleSource> sources = new ArrayList<>(List.of(own.get()));
            sources.addAll(sources(now.good()));
            return compiler.compile(sources, version);
        });
    }

    /** The problems of a project's own rules, or none. */
    public List<RuleProblem> check(Project project) {
        return ProjectDrl.write(project).map(compiler::check).orElse(List.of());
    }

    /** The problems of a file's text, or none. */
    public List<RuleProblem> check(String file, String text) {
        return compiler.check(new RuleSource(file, text));
    }

    /** A file's text as its author left it. */
    public Optional<String> text(String file) {
        return folder.find(file);
    }

    /**
     * Writes a file and puts it into force.
     *
     * @return its problems; if there are any, nothing was written
     * @throws conduit.problem.ProblemException if the name is none for a rule file
     */
    public synchronized List<RuleProblem> put(String file, String text) throws IOException {
        if (!RuleFolder.isName(file)) {
            throw Problem.field("file", "The file's name is \"" + file + "\"; it must end in .drl and hold letters, "
                    + "digits, '.', '_' or '-' only.").asException();
        }
        List<RuleProblem> problems = check(file, text);
        if (problems.isEmpty()) {
            folder.put(file, text);
            refresh();
        }
        return problems;
    }

    /** Takes a file away; false if there was none. */
    public synchronized boolean delete(String file) throws IOException {
        boolean was = folder.delete(file);
        refresh();
        return was;
    }

    /** The set that serves projects without rules of their own. */
    public RuleSet serving() {
        return state.serving();
    }

    /** Whether a file is left out: it has problems, and no version of it was ever good. */
    public boolean isIncomplete() {
        return !state.good().keySet().containsAll(state.problems().keySet());
    }

    /** The problems of each file whose newest text does not serve. */
    public Map<String, List<RuleProblem>> problems() {
        return state.problems();
    }
}
