package conduit.rules;

import conduit.project.Project;
import conduit.rules.engine.ReadRules;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rule sets of projects with rules of their own: theirs, then the files'. */
final class ProjectSets {

    private static final int MOST = 200;

    private final RuleLoader loader;
    private final Map<String, RuleSet> sets = new ConcurrentHashMap<>();

    ProjectSets(RuleLoader loader) {
        this.loader = loader;
    }

    /** The rules for a project, compiled at its first request after a change of either. */
    RuleSet of(Project project, RuleSet files) {
        Optional<RuleSource> own = ProjectDrl.write(project);
        if (own.isEmpty()) {
            return files;
        }
        String key = files.version() + "+" + Version.ofTexts(Map.of("", own.get().text()));
        RuleSet known = sets.get(key);
        if (known != null) {
            return known;
        }
        sets.keySet().removeIf(k -> !k.startsWith(files.version() + "+"));
        if (sets.size() > MOST) {
            sets.clear();
        }
        return sets.computeIfAbsent(key, version -> {
            List<Rule> rules = new ArrayList<>(read(own.get()).rules());
            rules.addAll(files.read());
            RuleSet set = new RuleSet(version, rules, loader.bounds());
            set.warmUp();
            return set;
        });
    }

    List<RuleProblem> check(Project project) {
        return ProjectDrl.write(project).map(own -> read(own).problems()).orElse(List.of());
    }

    private ReadRules read(RuleSource own) {
        return loader.reader().read(own, Map.of());
    }
}
