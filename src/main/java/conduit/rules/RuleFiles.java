package conduit.rules;

import conduit.rules.cases.CaseTable;
import conduit.rules.form.Forms;
import conduit.rules.text.RuleProblem;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a rule folder at one moment: rule files of every form, dictionaries and cases.
 *
 * @param texts  by name; of a workbook one character a byte
 * @param faults what keeps a file from being read as text, by name; its text is empty then
 */
record RuleFiles(Map<String, String> texts, Map<String, RuleProblem> faults) {

    RuleFiles {
        texts = new TreeMap<>(texts);
        faults = new TreeMap<>(faults);
    }

    /** Whether a file of this name is a rule file, a dictionary or a table of cases. */
    static boolean isPart(String file) {
        return !file.startsWith(".") && !file.startsWith("~") && (Forms.stem(file).filter(stem -> !stem.isEmpty()).isPresent()
                || file.endsWith(Forms.DICTIONARY) || file.endsWith(CaseTable.END));
    }

    /** The same files, but these: null takes one away. */
    RuleFiles with(Map<String, String> replaced) {
        Map<String, String> other = new TreeMap<>(texts);
        Map<String, RuleProblem> rest = new TreeMap<>(faults);
        rest.keySet().removeAll(replaced.keySet());
        other.putAll(replaced.entrySet().stream().filter(file -> file.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        replaced.keySet().stream().filter(file -> replaced.get(file) == null).forEach(other::remove);
        return new RuleFiles(other, rest);
    }

    /** The names of the rule files, in the order in which their rules are tried on equal salience. */
    List<String> names() {
        return texts.keySet().stream().filter(file -> Forms.stem(file).isPresent()).toList();
    }

    /** All that one rule file is made of. */
    Material material(String file) {
        Map<String, String> dictionaries = new TreeMap<>();
        if (file.endsWith(".dslr")) {
            texts.forEach((name, text) -> {
                if (name.endsWith(Forms.DICTIONARY)) {
                    dictionaries.put(name, text);
                }
            });
        }
        Optional<String> cases = Forms.stem(file).map(stem -> stem + CaseTable.END).filter(texts::containsKey);
        RuleProblem fault = Stream.of(Stream.of(file), dictionaries.keySet().stream(), cases.stream())
                .flatMap(names -> names).map(faults::get).filter(Objects::nonNull).findFirst().orElse(null);
        return new Material(texts.get(file), dictionaries, cases.orElse(null), cases.map(texts::get).orElse(null), fault);
    }

    /**
     * What a rule file is made of.
     *
     * @param dictionaries of sentences, by name; none for the other forms
     * @param casesFile    the name of the table of cases beside it, or null
     * @param cases        its text, or null
     * @param fault        what keeps one of these from being read as text, or null
     */
    record Material(String text, Map<String, String> dictionaries, String casesFile, String cases,
                    RuleProblem fault) {
    }
}
