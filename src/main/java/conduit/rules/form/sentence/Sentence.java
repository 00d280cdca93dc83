package conduit.rules.form.sentence;

import com.google.re2j.Matcher;

import java.util.List;
import java.util.Locale;

/** One entry of a dictionary: a sentence and the DRL that it stands for. */
record Sentence(Section section, LeftSide left, RightSide right) {

    /** The part of a rule in which a sentence may stand; {@code ANY} is conditions and consequences. */
    enum Section {
        WHEN, THEN, ANY, KEYWORD;

        boolean holds(Section part) {
            return this == part || this == ANY && part != KEYWORD;
        }
    }

    /** The line with every occurrence replaced that begins outside of a text in quotes. */
    String replaceAll(String line, Effort effort) {
        return replace(line, effort, line.length());
    }

    /** The line with an occurrence at its very start replaced. */
    String replaceFirst(String line, Effort effort) {
        return replace(line, effort, 0);
    }

    private String replace(String line, Effort effort, int last) {
        effort.look();
        String small = line.toLowerCase(Locale.ROOT);
        if (!left.words().stream().allMatch(small::contains)) {
            return line;
        }
        String result = line;
        int from = 0;
        while (from <= result.length()) {
            effort.spend((long) (result.length() + 1) * left.pattern().programSize());
            Matcher found = left.pattern().matcher(result);
            if (!found.find(from) || found.start(1) > last) {
                return result;
            }
            int start = found.start(1);
            int end = found.end(1);
            if (Quotes.isInside(result, start)) {
                from = start + 1;
                continue;
            }
            List<String> values = left.groups().stream().map(group -> {
                String value = found.group(group);
                return value == null ? "" : value;
            }).toList();
            String drl = right.with(values);
            Effort.grow(result.length() - (end - start) + drl.length());
            result = result.substring(0, start) + drl + result.substring(end);
            from = start + drl.length() + (end == start ? 1 : 0);
        }
        return result;
    }
}
