package conduit.rules.form.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** For every sentence that comes with Conduit a request for which it holds and one for which it does not. */
final class ShippedRows {

    /**
     * A sentence and a request.
     *
     * @param members   of the request's JSON; single quotes stand for double ones
     * @param situation {@code hour=…}, {@code day=…} of November 2026, {@code inlet=…}, {@code spent=…}, or nothing
     */
    record Row(String sentence, String members, String situation, boolean holds) {
    }

    private static final Map<String, String> TEXTS = Map.of("The prompt", "'prompt':'%s'", "The message",
            "'prompt':'%s'", "The system prompt", "'prompt':'p','system':'%s'");

    private static final String OF_TEXTS = """
            @ contains "red" or "blue"                | a blue one  | yes
            @ contains "red" or "blue"                | a green one | no
            @ contains "red" and "blue"               | blue, red   | yes
            @ contains "red" and "blue"               | blue, green | no
            @ contains "red"                          | bored       | yes
            @ contains "red"                          | RED         | no
            @ does not contain "red"                  | blue        | yes
            @ does not contain "red"                  | bored       | no
            @ mentions "red carpet"                   | a\\nRed Carpet\\n! | yes
            @ mentions "red"                          | bored       | no
            @ does not mention "red"                  | bored       | yes
            @ does not mention "red"                  | so Red!     | no
            @ begins with "red"                       | red one     | yes
            @ begins with "red"                       | a red one   | no
            @ ends with "red"                         | is red      | yes
            @ ends with "red"                         | red one     | no
            @ matches the pattern "r[aeiou]d"         | rod         | yes
            @ matches the pattern "r[aeiou]d"         | a rod       | no
            @ is "red"                                | red         | yes
            @ is "red"                                | a red       | no
            @ is not "red"                            | a red       | yes
            @ is not "red"                            | red         | no
            """;

    private static final Map<String, String> LABELS = Map.of("The agent type", "'agent':{'type':'%s'}", "The agent",
            "'agent':{'id':'%s'}", "The user", "'user':'%s'", "The session", "'session':'%s'", "The category",
            "'category':'%s'", "The project", "'project':'%s'", "The request's id", "'id':'%s'");

    private static final String OF_LABELS = """
            @ is "red", "blue" or "green"             | green       | yes
            @ is "red", "blue" or "green"             | gray        | no
            @ is "red" or "blue"                      | blue        | yes
            @ is "red" or "blue"                      | green       | no
            @ is "red"                                | red         | yes
            @ is "red"                                | Red         | no
            @ is one of "a", "b","c", "red"           | red         | yes
            @ is one of "a", "b"                      | red         | no
            @ is not "red"                            | blue        | yes
            @ is not "red"                            | red         | no
            @ is neither "red" nor "blue"             | green       | yes
            @ is neither "red" nor "blue"             | blue        | no
            @ is not one of "a", "b"                  | red         | yes
            @ is not one of "a", "red"                | red         | no
            @ contains "e"                            | red         | yes
            @ contains "a"                            | red         | no
            @ begins with "re"                        | red         | yes
            @ begins with "ed"                        | red         | no
            @ matches the pattern "[a-z]+"            | red         | yes
            @ matches the pattern "[a-z]"             | red         | no
            """;

    private static final String OF_OPTIONAL_LABELS = """
            @ is given                                | red         | yes
            @ is given                                | -           | no
            @ is not given                            | -           | yes
            @ is not given                            | red         | no
            @ is not "red"                            | -           | yes
            @ contains "a"                            | -           | no
            @ begins with "a"                         | -           | no
            @ matches the pattern ".*"                | -           | no
            @ is one of "a", "b"                      | -           | no
            """;

    private static final String OF_LENGTH = """
            @ is between 1 and 1,000 tokens long      | 12345       | yes
            @ is between 3 and 4 tokens long          | 12345       | no
            @ is longer than 1 tokens                 | 12345       | yes
            @ is longer than 2 tokens                 | 12345       | no
            @ is not longer than 2 tokens             | 12345       | yes
            @ is not longer than 1 tokens             | 12345       | no
            @ is shorter than 50,000 tokens           | 12345       | yes
            @ is shorter than 2 tokens                | 12345       | no
            @ has at least 2 tokens                   | 12345       | yes
            @ has at least 3 tokens                   | 12345       | no
            @ has at most 2 tokens                    | 12345       | yes
            @ has at most 1 tokens                    | 12345       | no
            @ has exactly 2 tokens                    | 12345       | yes
            @ has exactly 3 tokens                    | 12345       | no
            """;

    private static final String OTHERS = """
            Any request                               | -                   | -       | yes
            The system prompt is empty                | -                   | -       | yes
            The system prompt is empty                | 'system':'s'        | -       | no
            The system prompt is not empty            | 'system':'s'        | -       | yes
            The system prompt is not empty            | -                   | -       | no
            The request is flagged "a" or "b"         | 'flags':['x','b']   | -       | yes
            The request is flagged "a" or "b"         | 'flags':['x']       | -       | no
            The request is flagged "a" and "b"        | 'flags':['b','a']   | -       | yes
            The request is flagged "a" and "b"        | 'flags':['b']       | -       | no
            The request is flagged "a"                | 'flags':['a']       | -       | yes
            The request is flagged "a"                | 'flags':['ab']      | -       | no
            The request is flagged neither "a" nor "b" | -                  | -       | yes
            The request is flagged neither "a" nor "b" | 'flags':['b']      | -       | no
            The request is not flagged "a"            | 'flags':['b']       | -       | yes
            The request is not flagged "a"            | 'flags':['a']       | -       | no
            The note "n" is "a" or "b"                | 'metadata':{'n':'b'} | -      | yes
            The note "n" is "a" or "b"                | 'metadata':{'n':'c'} | -      | no
            The note "n" is "7"                       | 'metadata':{'n':7}  | -       | yes
            The note "n" is "7"                       | 'metadata':{'m':7}  | -       | no
            The note "n" is one of "a", "b"           | 'metadata':{'n':'b'} | -      | yes
            The note "n" is one of "a", "b"           | -                   | -       | no
            The note "n" is not "a"                   | -                   | -       | yes
            The note "n" is not "a"                   | 'metadata':{'n':'a'} | -      | no
            The note "n" contains "a"                 | 'metadata':{'n':'bad'} | -    | yes
            The note "n" contains "a"                 | -                   | -       | no
            The note "n" matches the pattern ".a."    | 'metadata':{'n':'bad'} | -    | yes
            The note "n" matches the pattern ".a."    | -                   | -       | no
            The note "n" is given                     | 'metadata':{'n':'a'} | -      | yes
            The note "n" is given                     | 'metadata':{'m':'a'} | -      | no
            The note "n" is not given                 | 'metadata':{'m':'a'} | -      | yes
            The note "n" is not given                 | 'metadata':{'n':'a'} | -      | no
            The request came in as a file             | - | inlet=file  | yes
            The request came in as a file             | - | inlet=http  | no
            The request did not come in as a file     | - | inlet=queue | yes
            The request did not come in as a file     | - | inlet=file  | no
            The request came in over HTTP             | - | inlet=http  | yes
            The request came in over http             | - | inlet=queue | no
            The request did not come in over HTTP     | - | inlet=file  | yes
            The request did not come in over HTTP     | - | inlet=http  | no
            The request came in from the queue        | - | inlet=queue | yes
            The request came in from the queue        | - | inlet=file  | no
            The request did not come in from the queue | - | inlet=file  | yes
            The request did not come in from the queue | - | inlet=queue | no
            It is between 8 and 18 o'clock            | - | hour=8      | yes
            It is between 8 and 18 o'clock            | - | hour=18     | no
            It is not between 6 and 22 o'clock        | - | hour=22     | yes
            It is not between 6 and 22 o'clock        | - | hour=6      | no
            It is before 6 o'clock                    | - | hour=5      | yes
            It is before 6 o'clock                    | - | hour=6      | no
            It is after 18 o'clock                    | - | hour=18     | yes
            It is after 18 o'clock                    | - | hour=17     | no
            It is 18 o'clock or later                 | - | hour=18     | yes
            It is 18 o'clock or later                 | - | hour=17     | no
            The hour is 3                             | - | hour=3      | yes
            The hour is 3                             | - | hour=4      | no
            The hour is not 3                         | - | hour=4      | yes
            The hour is not 3                         | - | hour=3      | no
            It is the weekend                         | - | day=22      | yes
            It is the weekend                         | - | day=20      | no
            It is not the weekend                     | - | day=20      | yes
            It is not the weekend                     | - | day=21      | no
            It is a weekday                           | - | day=23      | yes
            It is a weekday                           | - | day=22      | no
            It is Sunday or monday                    | - | day=23      | yes
            It is Sunday or monday                    | - | day=24      | no
            It is Friday                              | - | day=20      | yes
            It is Friday                              | - | day=21      | no
            It is not Friday                          | - | day=21      | yes
            It is not Friday                          | - | day=20      | no
            """;

    private static final String OF_SPENDING = """
            The project has spent more than %20 @     | 20.01 | yes
            The project has spent more than %20 @     | 20    | no
            The project has spent at least %20.50 @   | 20.5  | yes
            The project has spent at least %20.50 @   | 20    | no
            The project has spent less than %1,000 @  | 999   | yes
            The project has spent less than %1,000 @  | 1000  | no
            The project has spent at most %20 @       | 20    | yes
            The project has spent at most %20 @       | 20.01 | no
            """;

    private static final String OF_NOTHING = """
            The project has spent nothing @           | 0     | yes
            The project has spent nothing @           | 0.01  | no
            The project has spent something @         | 0.01  | yes
            The project has spent something @         | 0     | no
            """;

    private ShippedRows() {
    }

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        TEXTS.forEach((noun, member) -> of(rows, OF_TEXTS, noun, member));
        List.of("The prompt", "The message").forEach(noun -> of(rows, OF_LENGTH, noun, TEXTS.get(noun)));
        LABELS.forEach((noun, member) -> of(rows, OF_LABELS, noun, "'prompt':'p'," + member));
        LABELS.forEach((noun, member) -> {
            if (!List.of("The project", "The request's id").contains(noun)) {
                of(rows, OF_OPTIONAL_LABELS, noun, "'prompt':'p'," + member);
            }
        });
        OTHERS.lines().map(line -> line.split("\\s*\\|\\s*")).forEach(cells -> rows.add(new Row(cells[0],
                cells[1].equals("-") ? "'prompt':'p'" : "'prompt':'p'," + cells[1], cells[2], cells[3].equals("yes"))));
        for (String period : List.of("today", "this month")) {
            spending(rows, OF_SPENDING.replaceAll("%(\\S+)", "$1 dollars"), period);
            spending(rows, OF_SPENDING.replace('%', '$'), period);
            spending(rows, OF_NOTHING, period);
        }
        return rows;
    }

    private static void of(List<Row> rows, String table, String noun, String member) {
        table.lines().map(line -> line.split("\\s*\\|\\s*")).forEach(cells -> rows.add(new Row(cells[0]
                .replace("@", noun), cells[1].equals("-") ? "'prompt':'p'" : member.formatted(cells[1]), "-",
                cells[2].equals("yes"))));
    }

    private static void spending(List<Row> rows, String table, String period) {
        table.lines().map(line -> line.split("\\s*\\|\\s*")).forEach(cells -> rows.add(new Row(cells[0]
                .replace("@", period), "'prompt':'p'", (period.equals("today") ? "daily=" : "monthly=") + cells[1],
                cells[2].equals("yes"))));
    }
}
