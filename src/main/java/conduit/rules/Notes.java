package conduit.rules;

import conduit.rules.RuleLoader.Loaded;
import conduit.rules.form.Forms;
import conduit.rules.text.RuleProblem;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the notes beside files say: an author looks beside the file that was just saved. */
final class Notes {

    private Notes() {
    }

    /** The problems by the file that an author would mend: of a bad rule file, of its dictionary, or of a stray. */
    static Map<String, List<RuleProblem>> problems(RuleFiles files, Map<String, Loaded> bad) {
        Map<String, List<RuleProblem>> problems = new TreeMap<>();
        bad.forEach((file, loaded) -> problems.put(file, loaded.problems()));
        files.faults().forEach((file, fault) -> problems.putIfAbsent(file, List.of(fault)));
        bad.values().stream().flatMap(loaded -> loaded.problems().stream())
                .filter(problem -> problem.file().endsWith(Forms.DICTIONARY)).distinct()
                .forEach(problem -> problems.merge(problem.file(), List.of(problem), Notes::joined));
        return problems;
    }

    private static List<RuleProblem> joined(List<RuleProblem> some, List<RuleProblem> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** The last line of a note: what serves meanwhile. */
    static String end(Map<String, Loaded> good, String file) {
        return "Until this is mended, " + (good.containsKey(file) ? "the last good version of this file serves."
                : file.endsWith(Forms.DICTIONARY) ? "the files with its sentences serve as they last were."
                : "this file is left out.");
    }
}
