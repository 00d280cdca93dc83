package conduit.rules.form.sentence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Dictionaries in Drools' syntax are read, their faults told by line, and none of them can do harm. */
class DictionaryTest {

    private static Dictionary read(String text) {
        return Dictionary.parse("my.dsl", text);
    }

    private static String expand(String entry, String line) {
        Dictionary dictionary = read(entry);
        assertThat(dictionary.problems()).isEmpty();
        return new Phrasebook(List.of(dictionary), new Effort()).expand(line, Sentence.Section.WHEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [when]the user is {u}=user == {u}               | the user is "ann"        | user == "ann"
            [condition]the user is {u}=user == {u}          | The  USER\tis "ann"      | user == "ann"
            [when][]the user is {u}=user == {u}             | the user is "ann"        | user == "ann"
            [when][Request] the user is {u} = user == {u}   | the user is "ann"        | user == "ann"
            [ WHEN ] [a b]the user is {u}=user == {u}       | the user is "ann"        | user == "ann"
            [*]the user is {u}=user == {u}                  | the user is "ann"        | user == "ann"
            [when]the user is "{u}"=user == "{u}"           | the user is "a b"        | user == "a b"
            [when]the user is "{u}"=user == "{u}"           | the user is "a \\"b\\""  | user == "a \\"b\\""
            [when]the user is '{u}'=user == "{u}"           | the user is 'ann'        | user == "ann"
            [when]- less than {n:\\d+}=hour < {n}           | -less than 5             | hour < 5
            [when]is less than=<                            | hour is less than 5      | hour < 5
            [when][]equals===                               | user equals "x"          | user == "x"
            [when]a\\=b \\[c\\] \\. \\$ \\{d\\}=\\{\\$\\}   | a=b [c] . $ {d}          | {$}
            [when]{a} plus {b}={b} {a} {b}                  | 1 plus 2                 | 2 1 2
            [when]the day is {d}=day == "{d!uc}"            | the day is Sunday        | day == "SUNDAY"
            [when]{n:[\\d,.]+} is {x}={n!num} {x!lc} {x!ucfirst} | 1,234.5 is ABC      | 1234.5 abc Abc
            [when]more than {n:[\\d,.]+}=x > {n!num}                   | more than 20,50      | x > 20,50
            [when]size {s}={s!small?1/large?3/2}            | size large               | 3
            [when]size {s}={s!small?1/large?3/2}            | size huge                | 2
            [when]size {s}={s!small?1/large?3}              | size huge                | huge
            [when]from {a:\\d{1,2}} on=hour >= {a}          | from 12 on               | hour >= 12
            [when]kind {a:(xy?)+} {b:(z)}={b}{a}            | kind xyx z               | zxyx
            [when]has "{a}" or "{b}"={a}{b}                 | has "a or b" or "c"      | a or bc
            [when]a {x} or {y}={x}~{y}                      | a "1 or 2" or 3          | "1 or 2"~3
            [when]cat=dog                                   | cat cat. concat cats Cat "a cat" | dog dog. concat cats dog "a cat"
            [when]été=x                                     | pété été                 | pété x
            [when]line=a\\nb "c\\nd"                        | line                     | a b "c\\nd"
            """)
    void aSentenceBecomesWhatStandsBehindTheEqualsSign(String entry, String line, String drl) {
        assertThat(expand(entry, line)).isEqualTo(drl);
    }

    @Test
    void entriesApplyInTheirOrderAndOneCanUseAnother() {
        assertThat(expand("# words\n[when]is less than=<\n\n// the rest\n[when]- {field:\\w+} {op} {n:\\d+}=\n   {field} {op}\n"
                + "   {n}\n", "- hour is less than 5")).isEqualTo("hour < 5");
        assertThat(expand("[when]b=c\n[when]a=b", "a")).isEqualTo("b");
        assertThat(expand("[when]a=b\n[when]b=c", "a")).isEqualTo("c");
        assertThat(expand("[then]a=b\n[consequence]a=c\n[keyword]a=d", "a")).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            when]a=b                              | does not begin with [when]
            The prompt is long=Request()          | does not begin with [when]
            [when a=b                             | bracket [ is not closed
            [wen]a=b                              | [wen] is not known
            []a=b                                 | [] is not known
            [when]a                               | no =
            [when]=b                              | no sentence
            [when]a {x=b                          | brace { is not closed
            [when]a {x:[a-z}=b                    | not an expression
            [when]a {x:(?<=b)c}=b                 | not an expression
            [when]a {x:(b)\\1}=b                  | not an expression
            [when]a {x:b)(c}=b                    | not an expression
            [when]a {x:}=b                        | too large, or empty
            [when]a x}=b                          | "}" means nothing
            [when]a {x} {x}=b                     | {x} can't be a variable
            [when]a {my name}=b                   | {my name} can't be a variable
            [when]a {x}={y}                       | names {y}, which
            [when]a={y}                           | names {y}, which
            [when]a={                             | brace { is not closed
            [when]{x} {y}=b                       | without any word
            [when]an? (?:big) x=b            | "(?" means nothing
            [when]a.* x=b                         | ".*" means nothing
            [when]a\\s+x=b                        | "\\s" means nothing
            [when]\\u0041=b                       | "\\u" means nothing
            """)
    void aFaultIsToldByItsLine(String entry, String message) {
        Dictionary dictionary = read("# first\n[when]x=y\n\n" + entry + "\n[when]z=y\n");

        assertThat(dictionary.problems()).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("my.dsl");
            assertThat(problem.line()).isEqualTo(4);
            assertThat(problem.message()).contains(message);
            assertThat(problem.fix()).isNotBlank();
        });
        assertThat(dictionary.sentences()).hasSize(2);
    }

    /** Each of these is a way to make a pattern too large or a match too slow. */
    @ParameterizedTest
    @ValueSource(strings = {"(a{1000}){1000}", "((a{100}){100}){100}", "a{100000}", "(((a{9}){9}){9}){9}{9}{9}",
            "(a{0,999}){3}", "(\\pL{500}){2}{2}"})
    void anExpressionThatGrowsIsRefused(String expression) {
        assertThat(read("[when]a {x:" + expression + "}=b").problems()).hasSize(1)
                .allMatch(problem -> problem.message().contains("too large"));
    }

    @Test
    void anExpressionLongerThan200CharactersIsRefused() {
        assertThat(read("[when]a {x:" + "(a?)".repeat(51) + "}=b").problems()).hasSize(1);
    }

    /** With backtracking, each would take longer than the world is old. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*b", "((a?){30}){30}b", "(?i)(a*)*b"})
    void anExpressionThatWouldBacktrackDoesNot(String expression) {
        assertThat(expand("[when]x {x:" + expression + "}=b", "x " + "a".repeat(3_900))).startsWith("x aaa");
    }

    @Test
    void aDictionaryIsBounded() {
        assertThat(read("[when]a b=c\n".repeat(1_000)).problems()).isEmpty();
        assertThat(read("[when]a b=c\n".repeat(1_001)).problems()).hasSize(1)
                .allMatch(problem -> problem.line() == 1_001 && problem.message().contains("more than 1000 sentences"));
        assertThat(read("[when]a {x:(a?){900}}=b\n".repeat(1_000)).problems()).hasSize(1)
                .allMatch(problem -> problem.message().contains("too large together"));
        assertThat(read("nonsense\n".repeat(100_000)).problems()).hasSize(20);
        assertThat(read("[when]" + "{x} ".repeat(1 << 18)).problems()).hasSize(1)
                .allMatch(problem -> problem.message().equals("The line is longer than 4000 characters."));
        assertThat(read("[when]a" + "\n  b".repeat(200_000) + "=c").problems()).hasSize(1)
                .allMatch(problem -> problem.line() == 1 && problem.message().contains("longer than 4000"));
        assertThat(read("[when]a" + " {x}".repeat(22) + "=b").problems()).hasSize(1);
        assertThat(read("[when]a\u0000b=c\n[when]a\rb=c").problems()).hasSize(2);
        assertThat(read("[when]" + " ".repeat(3_900) + "]\n" + "[" + " ".repeat(3_900)).problems()).hasSize(2);
    }

    @Test
    void aFileFromWindowsReadsTheSame() {
        assertThat(expand("# words\r\n[when]a=b\r\n", "a")).isEqualTo("b");
    }
}
