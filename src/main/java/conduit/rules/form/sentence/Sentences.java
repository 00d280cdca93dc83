package conduit.rules.form.sentence;

import conduit.rules.text.Expansion;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a file of sentences ({@code .dslr}) out as DRL by its dictionaries, line by line, so that every problem is told
 * at its author's line. Nothing here decides what a rule may do: the DRL is checked as if its author had written it.
 */
public final class Sentences {

    private static final Pattern EXPANDER = Pattern.compile("(?m)^[ \\t]*+expander[ \\t]++(\\S++)[ \\t]*+\\r?$");

    private Sentences() {
    }

    /**
     * The DRL of a file.
     *
     * @param dictionaries the text of each {@code .dsl} file beside it, by its name
     */
    public static Expansion expand(RuleSource source, Map<String, String> dictionaries) {
        if (source.text().length() > Effort.LARGEST_FILE) {
            return Expansion.failed(List.of(new RuleProblem(source.file(), 0, null, "The file is larger than "
                    + Effort.LARGEST_FILE + " characters.", "Split it.")));
        }
        String text = Quotes.withoutBlocks(source.text());
        Map<String, String> chosen = new TreeMap<>(dictionaries);
        Matcher expander = EXPANDER.matcher(text);
        if (expander.find()) {
            String name = expander.group(1).replaceFirst(";$", "");
            chosen.keySet().removeIf(file -> !file.equals(name) && !file.equals(name + ".dsl"));
            if (chosen.isEmpty()) {
                int line = 1 + (int) text.substring(0, expander.start(1)).chars().filter(c -> c == '\n').count();
                return Expansion.failed(List.of(new RuleProblem(source.file(), line, null, "There is no dictionary \""
                        + name + "\" in this folder.", dictionaries.isEmpty() ? "There is none at all: put one there."
                        : "There is " + String.join(", ", new TreeMap<>(dictionaries).keySet()) + ".")));
            }
        }
        if (chosen.isEmpty()) {
            return Expansion.failed(List.of(new RuleProblem(source.file(), 0, null, "There is no dictionary (.dsl) in "
                    + "this folder, so that no sentence has a meaning.", "Put sentences.dsl, which comes with Conduit, "
                    + "beside this file.")));
        }
        List<Dictionary> parsed = new ArrayList<>();
        chosen.forEach((file, content) -> parsed.add(Dictionary.parse(file, content)));
        List<RuleProblem> faults = parsed.stream().flatMap(one -> one.problems().stream()).toList();
        return faults.isEmpty() ? new Lines(source.file(), parsed).expand(text) : Expansion.failed(faults);
    }
}
