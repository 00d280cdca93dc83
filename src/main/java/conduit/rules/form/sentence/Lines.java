package conduit.rules.form.sentence;

import conduit.rules.text.Expansion;
import conduit.rules.text.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Goes through the lines of a file of sentences; each becomes one line of DRL. */
final class Lines {

    private enum Part {
        OUTSIDE, HEAD, WHEN, THEN
    }

    private static final int MOST_PROBLEMS = 50;
    private static final Pattern RULE = Pattern.compile("(?i)\\s*+rule\\s++(?:\"([^\"]*+)\"|'([^']*+)'|(\\S++)).*+");
    private static final Pattern WHEN = Pattern.compile("(?i)(?<![^\\s\"])when(?!\\S)");
    private static final Pattern THEN = Pattern.compile("(?i)then(?!\\S)");
    private static final Pattern END = Pattern.compile("(?i)end\\s*+[.;]?");

    private final String file;
    private final Effort effort = new Effort();
    private final List<Dictionary> dictionaries;
    private final Phrasebook book;
    private final Wording wording;
    private final List<String> drl = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private Part part = Part.OUTSIDE;
    private String rule;
    private int ruleLine;
    private Conditions conditions;

    Lines(String file, List<Dictionary> dictionaries) {
        this.file = file;
        this.dictionaries = dictionaries;
        this.book = new Phrasebook(dictionaries, effort);
        this.wording = new Wording(book);
    }

    Expansion expand(String text) {
        int at = 0;
        try {
            while (at <= text.length() && problems.size() < MOST_PROBLEMS) {
                int stop = text.indexOf('\n', at);
                stop = stop < 0 ? text.length() : stop;
                drl.add("");
                if (stop - at > Effort.LONGEST_LINE) {
                    problem("The line is longer than " + Effort.LONGEST_LINE + " characters.", "Shorten it.");
                } else {
                    line(text.substring(at, stop).stripTrailing());
                }
                effort.write(drl.get(drl.size() - 1).length());
                at = stop + 1;
            }
        } catch (DictionaryFault e) {
            problem(e.getMessage(), e.fix());
        }
        if (part != Part.OUTSIDE && problems.isEmpty()) {
            unfinished();
        }
        return problems.isEmpty() ? new Expansion(String.join("\n", drl),
                IntStream.rangeClosed(1, drl.size()).boxed().toList(), List.of()) : Expansion.failed(problems);
    }

    private void line(String raw) {
        String bare = raw.strip();
        if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith("//")) {
            return;
        }
        boolean inRule = part == Part.WHEN || part == Part.THEN;
        String line = bare.startsWith(">") ? raw : book.keywords(raw, !inRule);
        if (part != Part.OUTSIDE && inRule && isRule(line)) {
            unfinished();
            part = Part.OUTSIDE;
        }
        switch (part) {
            case OUTSIDE -> outside(line);
            case HEAD -> head(line);
            case WHEN -> when(line);
            default -> then(line);
        }
    }

    private static boolean isRule(String line) {
        Matcher head = RULE.matcher(line);
        return head.matches() && head.group(3) == null;
    }

    private void outside(String line) {
        Matcher head = RULE.matcher(line);
        if (head.matches()) {
            part = Part.HEAD;
            ruleLine = drl.size();
            rule = head.group(1) != null ? head.group(1) : head.group(2) != null ? head.group(2) : head.group(3);
            head(line.replaceFirst("(?i)rule", "rule"));
        } else {
            write(line.strip().startsWith("expander ") ? "" : line);
        }
    }

    /** The rule's name and attributes, up to when; a rule without conditions begins with then. */
    private void head(String line) {
        Matcher when = WHEN.matcher(Quotes.blanked(line));
        String start = line.stripLeading();
        boolean none = THEN.matcher(start).lookingAt();
        if (!none && !when.find()) {
            write(line);
            return;
        }
        int at = none ? line.length() - start.length() : when.start();
        write(line.substring(0, at) + "when");
        conditions = new Conditions(drl);
        part = Part.WHEN;
        if (none) {
            then(start);
        } else {
            when(line.substring(when.end()));
        }
    }

    private void when(String line) {
        String bare = line.strip();
        if (THEN.matcher(bare).lookingAt()) {
            then(bare);
        } else if (bare.startsWith(">")) {
            conditions.pattern(line.replaceFirst(">", " "));
        } else {
            String sentence = Quotes.withoutRemark(bare).strip();
            if (sentence.isEmpty() || hasOpenQuote(sentence)) {
                return;
            }
            boolean adds = sentence.startsWith("-");
            Wording.Meaning meaning = adds ? wording.constraint(sentence) : wording.condition(sentence);
            if (meaning.drl() == null) {
                unknown(sentence, meaning, Sentence.Section.WHEN);
            } else if (!adds) {
                conditions.pattern("  " + meaning.drl());
            } else if (!conditions.add(meaning.drl())) {
                problem("The line above \"" + sentence + "\" has no pattern ( … ) to which it could add.",
                        "Leave the dash out.");
            }
        }
    }

    private void then(String line) {
        String rest = line.strip();
        if (part == Part.WHEN) {
            conditions.close();
            part = Part.THEN;
            write(drl.get(drl.size() - 1) + (drl.get(drl.size() - 1).isEmpty() ? "then" : " then"));
            rest = rest.substring("then".length()).strip();
        }
        if (END.matcher(Quotes.withoutRemark(rest).strip()).matches()) {
            part = Part.OUTSIDE;
            rule = null;
            append("end");
            write(drl.get(drl.size() - 1).replaceFirst("^ +end$", "end"));
        } else if (rest.startsWith(">")) {
            append(rest.substring(1));
        } else {
            String sentence = Quotes.withoutRemark(rest).strip();
            if (sentence.isEmpty() || hasOpenQuote(sentence)) {
                return;
            }
            Wording.Meaning meaning = wording.consequence(sentence);
            if (meaning.drl() == null) {
                unknown(sentence, meaning, Sentence.Section.THEN);
            } else {
                append(meaning.drl());
            }
        }
    }

    private void unknown(String sentence, Wording.Meaning meaning, Sentence.Section section) {
        boolean none = dictionaries.stream().flatMap(one -> one.sentences().stream())
                .noneMatch(one -> one.section().holds(section));
        List<String> words = meaning.unknown().words().stream().filter(word -> !word.equals("\"")).toList();
        problem(words.isEmpty() ? "No sentence of the dictionary fits \"" + sentence + "\"."
                : "No sentence of the dictionary fits \"" + String.join(" ", words) + "\" in \"" + sentence + "\".",
                none ? "The dictionary has no [" + section.name().toLowerCase(java.util.Locale.ROOT) + "] sentence at all."
                        : book.fix(sentence, section));
    }

    private boolean hasOpenQuote(String sentence) {
        boolean open = Quotes.isInside(sentence, sentence.length());
        if (open) {
            problem("A quote is not closed in \"" + sentence + "\".", "Write \" at both ends of the text.");
        }
        return open;
    }

    private void unfinished() {
        problems.add(new RuleProblem(file, ruleLine, rule, "The rule has no \"" + (part == Part.HEAD ? "when"
                : part == Part.WHEN ? "then" : "end") + "\".", "Write when, then and end on lines of their own."));
    }

    private void write(String line) {
        drl.set(drl.size() - 1, line);
    }

    private void append(String more) {
        String line = drl.get(drl.size() - 1);
        write(line + (line.isEmpty() ? "  " : " ") + more);
    }

    private void problem(String message, String fix) {
        problems.add(new RuleProblem(file, drl.size(), rule, message, fix));
    }
}
