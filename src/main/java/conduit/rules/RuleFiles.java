package conduit.rules;

import conduit.rules.form.Forms;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a rule folder at one moment: rule files of every form, dictionaries and cases.
 *
 * @param texts by name; of a workbook one character a byte
 */
record RuleFiles(Map<String, String> texts) {

    private static final String CASES = ".cases.csv";

    RuleFiles {
        texts = new TreeMap<>(texts);
    }

    /** Whether a file of this name is a rule file, a dictionary or a table of cases. */
    static boolean isPart(String file) {
        return !file.startsWith(".") && (Forms.stem(file).filter(stem -> !stem.isEmpty()).isPresent()
                || file.endsWith(Forms.DICTIONARY) || file.endsWith(CASES));
    }

    /** The same files, but one: null takes it away. */
    RuleFiles with(String file, String text) {
        Map<String, String> other = new TreeMap<>(texts);
        if (text == null) {
            other.remove(file);
        } else {
            other.put(file, text);
        }
        return new RuleFiles(other);
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
        Optional<String> cases = Forms.stem(file).map(stem -> stem + CASES).filter(texts::containsKey);
        return new Material(texts.get(file), dictionaries, cases.orElse(null), cases.map(texts::get).orElse(null));
    }

    /**
     * What a rule file is made of.
     *
     * @param dictionaries of sentences, by name; none for the other forms
     * @param casesFile    the name of the table of cases beside it, or null
     * @param cases        its text, or null
     */
    record Material(String text, Map<String, String> dictionaries, String casesFile, String cases) {
    }
}
