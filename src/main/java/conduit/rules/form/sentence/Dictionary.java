package conduit.rules.form.sentence;

import conduit.rules.text.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dictionary of sentences ({@code .dsl}), in Drools' own syntax except that a left side is plain text and not an
 * expression of java.util.regex: with those a careless or hostile line could keep the server busy for ever.
 *
 * @param sentences in their order, in which they are tried
 * @param problems  its faults, by line
 */
record Dictionary(String file, List<Sentence> sentences, List<RuleProblem> problems) {

    static final int MOST_SENTENCES = 1_000;
    /** Steps of all patterns together; some 50 bytes each. */
    private static final int LARGEST_PROGRAMS = 500_000;
    private static final int MOST_PROBLEMS = 20;
    private static final Pattern HEAD = Pattern.compile("\\[\\s*+([^]\\s]*+)\\s*+](?:\\s*+\\[[^]]*+])?+(.*)");
    private static final String SHAPE = "Write a line such as: [when]The prompt is longer than {n} tokens=Request( "
            + "tokenCount > {n} )";

    Dictionary {
        sentences = List.copyOf(sentences);
        problems = List.copyOf(problems);
    }

    static Dictionary parse(String file, String text) {
        return new Reader(file).read(text);
    }

    private static final class Reader {

        private final String file;
        private final List<Sentence> sentences = new ArrayList<>();
        private final List<RuleProblem> problems = new ArrayList<>();
        private String entry = "";
        private int entryLine;
        private int programs;
        private boolean full;

        Reader(String file) {
            this.file = file;
        }

        Dictionary read(String text) {
            int number = 0;
            for (int at = 0; at <= text.length() && !full && problems.size() < MOST_PROBLEMS;) {
                int stop = text.indexOf('\n', at);
                stop = stop < 0 ? text.length() : stop;
                number++;
                if (stop - at > Effort.LONGEST_LINE) {
                    problem(number, "The line is longer than " + Effort.LONGEST_LINE + " characters.", "Shorten it.");
                } else {
                    line(text.substring(at, stop), number);
                }
                at = stop + 1;
            }
            finish();
            return new Dictionary(file, sentences, problems);
        }

        /** A line that begins with white space goes on with the entry above. */
        private void line(String raw, int number) {
            String line = raw.stripTrailing();
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith("//")) {
                return;
            }
            if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
                problem(number, "The line holds a character that can't be seen.", "Type the line anew.");
            } else if (bare.startsWith("[")) {
                finish();
                entry = bare;
                entryLine = number;
            } else if (!entry.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                entry = entry.length() > Effort.LONGEST_LINE ? entry : entry + " " + bare;
            } else {
                problem(number, "The line does not begin with [when], [then], [keyword] or [*].", SHAPE);
            }
        }

        private void finish() {
            String whole = entry;
            entry = "";
            if (whole.isEmpty() || full) {
                return;
            }
            try {
                if (whole.length() > Effort.LONGEST_LINE) {
                    throw new DictionaryFault("The sentence is longer than " + Effort.LONGEST_LINE + " characters.",
                            "Shorten it.");
                }
                Sentence sentence = sentence(whole);
                programs += sentence.left().pattern().programSize();
                full = sentences.size() == MOST_SENTENCES || programs > LARGEST_PROGRAMS;
                if (full) {
                    throw new DictionaryFault("The dictionary has more than " + MOST_SENTENCES + " sentences, or they "
                            + "are too large together.", "Take out what nobody uses.");
                }
                sentences.add(sentence);
            } catch (DictionaryFault e) {
                problem(entryLine, e.getMessage(), e.fix());
            }
        }

        private static Sentence sentence(String whole) {
            Matcher head = HEAD.matcher(whole);
            if (!head.matches()) {
                throw new DictionaryFault("A bracket [ is not closed.", SHAPE);
            }
            Sentence.Section section = section(head.group(1));
            String rest = head.group(2);
            int equals = equalsSign(rest);
            if (equals < 0 || rest.substring(0, equals).isBlank()) {
                throw new DictionaryFault("The line has no sentence, or no = behind it.", SHAPE);
            }
            LeftSide left = LeftSide.of(rest.substring(0, equals));
            return new Sentence(section, left, RightSide.of(rest.substring(equals + 1).strip(), left.variables()));
        }

        private static Sentence.Section section(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "when", "condition" -> Sentence.Section.WHEN;
                case "then", "consequence" -> Sentence.Section.THEN;
                case "keyword" -> Sentence.Section.KEYWORD;
                case "*" -> Sentence.Section.ANY;
                default -> throw new DictionaryFault("[" + name + "] is not known.",
                        "Begin the line with [when], [then], [keyword] or [*].");
            };
        }

        private static int equalsSign(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '{') {
                    i = LeftSide.closing(text, i);
                } else if (c == '=') {
                    return i;
                }
            }
            return -1;
        }

        private void problem(int line, String message, String fix) {
            problems.add(new RuleProblem(file, line, null, message, fix));
        }
    }
}
