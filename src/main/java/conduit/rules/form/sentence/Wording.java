package conduit.rules.form.sentence;

import conduit.rules.form.sentence.Sentence.Section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what one line of a rule's condition or consequence means, in the forms in which people write a list. */
final class Wording {

    /** A line that no sentence fits; {@code words} are those that are too many where part of it fits. */
    record Unknown(List<String> words) {
    }

    /** What a line means, or why it means nothing. */
    record Meaning(String drl, Unknown unknown) {

        private static Meaning of(String drl) {
            return new Meaning(drl, null);
        }
    }

    private static final Pattern BULLET = Pattern.compile("^-\\s*+");
    private static final Pattern AND = Pattern.compile("^(?i:and)\\s++");
    private static final Pattern STOP = Pattern.compile("(?<![\\s.,;])\\s*+[.,;]$");

    private static final Pattern END = Pattern.compile("\\)[\\s;]*+$");

    private final Phrasebook book;

    Wording(Phrasebook book) {
        this.book = book;
    }

    /** What a condition means: one or more patterns. */
    Meaning condition(String line) {
        return whole(line, Section.WHEN);
    }

    /** What a consequence means: calls of Route. */
    Meaning consequence(String line) {
        Meaning meaning = whole(line, Section.THEN);
        return meaning.drl() == null ? meaning : Meaning.of(END.matcher(meaning.drl()).replaceFirst(");"));
    }

    /** What a line means that begins with a dash: a constraint to be added to the pattern above it. */
    Meaning constraint(String line) {
        for (String form : List.of(line, STOP.matcher(line).replaceFirst(""))) {
            String expanded = book.expand(form, Section.WHEN).strip();
            if (!expanded.equals(form) && !expanded.startsWith("-")) {
                return Meaning.of(Patterns.constraint(expanded).orElse(expanded));
            }
        }
        Meaning meaning = whole(BULLET.matcher(line).replaceFirst(""), Section.WHEN);
        Optional<String> constraint = Optional.ofNullable(meaning.drl()).flatMap(Patterns::constraint);
        return constraint.map(Meaning::of).orElseGet(() -> meaning.drl() == null ? meaning
                : new Meaning(null, new Unknown(List.of())));
    }

    private Meaning whole(String line, Section part) {
        Unknown unknown = new Unknown(List.of());
        for (String form : forms(line)) {
            String expanded = book.expand(form, part).strip();
            if (!expanded.equals(form)) {
                List<String> strangers = Patterns.strangers(expanded, form, part == Section.THEN);
                if (strangers.isEmpty()) {
                    return Meaning.of(part == Section.WHEN ? joined(expanded) : expanded);
                }
                unknown = new Unknown(strangers);
            }
        }
        return new Meaning(null, unknown);
    }

    /** The line itself, then without a bullet, a leading "and", or the full stop at its end. */
    private static List<String> forms(String line) {
        List<String> forms = new ArrayList<>(List.of(line));
        String bare = AND.matcher(BULLET.matcher(line).replaceFirst("")).replaceFirst("");
        for (String form : List.of(bare, STOP.matcher(bare).replaceFirst(""))) {
            if (!forms.contains(form)) {
                forms.add(form);
            }
        }
        return forms;
    }

    private static String joined(String expanded) {
        return Patterns.constraint(expanded).filter(constraint -> !expanded.contains(constraint))
                .map(constraint -> "Request( " + constraint + " )").orElse(expanded);
    }
}
