package conduit.rules.form.sentence;

import conduit.json.Nearest;
import conduit.rules.form.sentence.Sentence.Section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The dictionaries that a file uses: what its lines become, and which sentence is near to one that none fits. */
final class Phrasebook {

    private static final int LONGEST_WORD = 30;
    private static final int MOST_WORDS = 40;

    private final List<Dictionary> dictionaries;
    private final Effort effort;

    Phrasebook(List<Dictionary> dictionaries, Effort effort) {
        this.dictionaries = dictionaries;
        this.effort = effort;
    }

    /** The line as Drools would expand it: once through the entries, in their order. */
    String expand(String line, Section part) {
        String result = line;
        for (Dictionary dictionary : dictionaries) {
            for (Sentence sentence : dictionary.sentences()) {
                if (sentence.section().holds(part)) {
                    result = sentence.replaceAll(result, effort);
                }
            }
        }
        return result;
    }

    /** The line with its keywords replaced; inside of a rule's parts a keyword stands only at the line's start. */
    String keywords(String line, boolean anywhere) {
        int indent = line.length() - line.stripLeading().length();
        String result = line.substring(indent);
        for (Dictionary dictionary : dictionaries) {
            for (Sentence sentence : dictionary.sentences()) {
                if (sentence.section() == Section.KEYWORD) {
                    result = anywhere ? sentence.replaceAll(result, effort) : sentence.replaceFirst(result, effort);
                }
            }
        }
        return line.substring(0, indent) + result;
    }

    /** The way out for a line that no sentence fits. */
    String fix(String line, Section part) {
        String names = dictionaries.stream().map(Dictionary::file).collect(Collectors.joining(", "));
        String near = nearest(line, part);
        boolean curly = line.indexOf('\u201C') >= 0 || line.indexOf('\u201D') >= 0;
        return (curly ? "Texts stand in straight quotes (\"). " : "")
                + (near == null ? "" : "The nearest is \"" + near + "\". ")
                + (Quotes.blanked(line).indexOf('(') < 0 ? "" : "To write it as in a .drl file, begin the line with >. ")
                + (dictionaries.size() == 1 ? "The dictionary is " : "The dictionaries are ") + names + ".";
    }

    /** The sentence that shares most words with the line, or null if none shares two. */
    private String nearest(String line, Section part) {
        List<String> said = words(line);
        String best = null;
        double most = 1.5;
        for (Dictionary dictionary : dictionaries) {
            for (Sentence sentence : dictionary.sentences()) {
                if (sentence.section().holds(part)) {
                    List<String> known = words(sentence.left().shown().replaceAll("\\{[^}]*}", " "));
                    double shared = said.stream().mapToDouble(word -> likeness(word, known)).sum();
                    double score = shared - .1 * Math.max(0, known.size() - shared);
                    if (score > most) {
                        most = score;
                        best = sentence.left().shown();
                    }
                }
            }
        }
        return best;
    }

    private static double likeness(String word, List<String> known) {
        return known.contains(word) ? 1 : word.length() > 3 && !known.isEmpty() && Nearest.of(word, known) != null ? .8 : 0;
    }

    private static List<String> words(String text) {
        String bare = Quotes.blanked(text.replace('\u201C', '"').replace('\u201D', '"')).replace('"', ' ');
        return new ArrayList<>(Arrays.stream(bare.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty() && word.length() <= LONGEST_WORD).distinct().limit(MOST_WORDS).toList());
    }
}
