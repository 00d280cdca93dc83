package conduit.rules.form;

import conduit.rules.form.sentence.Sentences;
import conduit.rules.form.table.Tables;
import conduit.rules.text.Expansion;
import conduit.rules.text.RuleSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The forms of rule files, by the end of their names. */
public final class Forms {

    /** The ends of names of rule files, the longest first. */
    public static final List<String> ENDS = List.of(".drl.xlsx", ".drl.csv", ".dslr", ".drl");

    /** The end of the names of dictionaries for sentences. */
    public static final String DICTIONARY = ".dsl";

    private Forms() {
    }

    /** A rule file's name without what tells its form, or nothing if it is none. */
    public static Optional<String> stem(String file) {
        return ENDS.stream().filter(file::endsWith).findFirst().map(end -> file.substring(0, file.length() - end.length()));
    }

    /** Writes a rule file out as DRL. */
    public static Expansion expand(RuleSource source, Map<String, String> dictionaries) {
        if (source.file().endsWith(".drl.csv") || source.file().endsWith(".drl.xlsx")) {
            return Tables.expand(source);
        }
        if (source.file().endsWith(".dslr")) {
            return Sentences.expand(source, dictionaries);
        }
        String text = source.text();
        return new Expansion(text, IntStream.rangeClosed(1, 1 + (int) text.chars().filter(c -> c == '\n').count())
                .boxed().toList(), List.of());
    }
}
