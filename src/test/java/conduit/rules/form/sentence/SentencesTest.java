package conduit.rules.form.sentence;

import conduit.rules.text.Expansion;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A file of sentences becomes DRL line by line, and what no sentence fits is told in its author's words. */
class SentencesTest {

    private static final String WORDS = """
            # a small dictionary
            [keyword]with rank {n:-?\\d+}=salience {n}
            [keyword]quand=when
            [when]The prompt is longer than {n:\\d+} tokens=Request( tokenCount > {n} )
            [when]The agent type is "{type}"=Request( agentType == "{type}" )
            [when]There is a request=Request()
            [when]- by "{user}"=user == "{user}"
            [when]It is {a} or {b} o'clock=Request( hour == {a}, hour != {b} )
            [then]Send it to "{model}" because "{reason}"=$route.to("{model}", "{reason}")
            [then]Call it "{name}"=$route.category("{name}");
            """;

    private static Expansion expand(String text) {
        return Sentences.expand(new RuleSource("x.dslr", text), Map.of("words.dsl", WORDS));
    }

    private static String rule(String conditions) {
        return "rule \"R\" salience 5\n" + conditions + "\nthen\n  Call it \"c\"\nend\n";
    }

    /** In the tables ⏎ ends a line. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            when⏎  the prompt is longer than 5 tokens            ¦ when $route : Route()⏎  Request( tokenCount > 5 )
            when the prompt is longer than 5 tokens              ¦ when $route : Route()  Request( tokenCount > 5 )
            When The prompt is longer than 5 tokens.             ¦ when $route : Route()  Request( tokenCount > 5 )
            quand the prompt is longer than 5 tokens             ¦ when $route : Route()  Request( tokenCount > 5 )
            when                                                 ¦ when $route : Route()
            when⏎> $r : Route()⏎there is a request               ¦ when⏎  $r : Route()⏎  Request()
            when⏎there is a request // why⏎# a⏎ // b             ¦ when $route : Route()⏎  Request()⏎⏎
            when⏎there /* a⏎ b */ is a request                   ¦ ~
            when⏎there is a request /* a⏎ b */                   ¦ when $route : Route()⏎  Request()⏎
            when⏎there is a request⏎- by "ann"⏎⏎- the prompt is longer than 5 tokens ¦ when $route : Route()⏎  Request(⏎      user == "ann"⏎⏎    , tokenCount > 5 )
            when⏎> Request( hour in ( 1, 2 ) ) // a⏎- by "ann"   ¦ when $route : Route()⏎  Request( hour in ( 1, 2 )⏎    , user == "ann" ) // a
            when⏎- by "ann"⏎- the agent type is ")"              ¦ when $route : Route()⏎  Request( user == "ann"⏎    , agentType == ")" )
            when⏎there is a request and the prompt is longer than 5 tokens ¦ when $route : Route()⏎  Request() and Request( tokenCount > 5 )
            when⏎the agent type is "a" or the prompt is longer than 5 tokens⏎- by "b" ¦ when $route : Route()⏎  Request( ( agentType == "a" ) || ( tokenCount > 5 )⏎    , user == "b" )
            when⏎- the agent type is "a" and the agent type is "b" ¦ when $route : Route()⏎  Request( ( agentType == "a" ) && ( agentType == "b" ) )
            when⏎not the agent type is "a"                       ¦ when $route : Route()⏎  not Request( agentType == "a" )
            when⏎it is 1 or 2 o'clock or there is a request      ¦ when $route : Route()⏎  Request( hour == 1, hour != 2 ) or Request()
            when⏎the agent type is "the agent type is a"         ¦ when $route : Route()⏎  Request( agentType == "the agent type is a" )
            when⏎the agent type is "// /* when then end"         ¦ when $route : Route()⏎  Request( agentType == "// /* when then end" )
            """)
    void conditionsAreWrittenOnTheirAuthorsLines(String conditions, String drl) {
        Expansion expansion = expand(rule(conditions.replace('⏎', '\n')));

        if (drl.equals("~")) {
            assertThat(expansion.problems()).hasSize(2);
            return;
        }
        assertThat(expansion.problems()).isEmpty();
        assertThat(expansion.drl()).isEqualTo("rule \"R\" salience 5\n" + drl.replace('⏎', '\n')
                + "\nthen\n  $route.category(\"c\");\nend\n");
        assertThat(expansion.lines()).containsExactlyElementsOf(IntStream.rangeClosed(1,
                (int) expansion.drl().chars().filter(c -> c == '\n').count() + 1).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Rule "R" with rank 5⏎When there is a request⏎Then send it to "m" because "r"⏎End | rule "R" salience 5⏎when $route : Route()  Request()⏎then $route.to("m", "r");⏎end
            rule "when then" when⏎then⏎ call it "a"⏎ - call it "b".⏎ and call it "c";⏎end. | rule "when then" when $route : Route()⏎then⏎  $route.category("a");⏎  $route.category("b");⏎  $route.category("c");⏎end
            rule "R"⏎then call it "a" // why⏎end             | rule "R"⏎when $route : Route() then $route.category("a");⏎end
            rule "R"⏎when⏎then⏎> $route.deny("x");⏎end // R  | rule "R"⏎when $route : Route()⏎then⏎   $route.deny("x");⏎end
            expander words.dsl⏎⏎package p⏎import a.B;        | ⏎⏎package p⏎import a.B;
            """)
    void aRuleReadsLikeEnglish(String text, String drl) {
        assertThat(expand(text.replace('⏎', '\n')).problems()).isEmpty();
        assertThat(expand(text.replace('⏎', '\n')).drl()).isEqualTo(drl.replace('⏎', '\n'));
        assertThat(expand(text.replace("⏎", "\r\n")).drl()).isEqualTo(drl.replace('⏎', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the prompt is bigger than 5          | 3 | No sentence of the dictionary fits "the prompt is bigger than 5". | The nearest is "The prompt is longer than {n} tokens". The dictionary is words.dsl.
            the agnet tipe is "x"                | 3 | No sentence of the dictionary fits "the agnet tipe is "x"". | The nearest is "The agent type is "{type}"". The dictionary is words.dsl.
            perhaps the agent type is "x"        | 3 | No sentence of the dictionary fits "perhaps" in "perhaps the agent type is "x"". | The nearest is "The agent type is "{type}"". The dictionary is words.dsl.
            - perhaps the agent type is "x"      | 3 | No sentence of the dictionary fits "perhaps" in "- perhaps the agent type is "x"". | The nearest is "The agent type is "{type}"". The dictionary is words.dsl.
            the agent type is "x" or "y"         | 3 | No sentence of the dictionary fits "the agent type is "x" or "y"". | The nearest is "The agent type is "{type}"". The dictionary is words.dsl.
            the agent type is “x”                | 3 | No sentence of the dictionary fits "the agent type is “x”". | Texts stand in straight quotes ("). The nearest is "The agent type is "{type}"". The dictionary is words.dsl.
            Request( hour < 5 )                  | 3 | No sentence of the dictionary fits "Request( hour < 5 )". | To write it as in a .drl file, begin the line with >. The dictionary is words.dsl.
            the agent type is "x                 | 3 | A quote is not closed in "the agent type is "x". | Write " at both ends of the text.
            > hour⏎- by "ann"                    | 4 | The line above "- by "ann"" has no pattern ( … ) to which it could add. | Leave the dash out.
            zzz                                  | 3 | No sentence of the dictionary fits "zzz". | The dictionary is words.dsl.
            """)
    void whatNoSentenceFitsIsToldAtItsLine(String condition, int line, String message, String fix) {
        assertThat(expand(rule("when\n" + condition.replace('⏎', '\n'))).problems())
                .containsExactly(new RuleProblem("x.dslr", line, "R", message, fix));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rule "A"⏎when                                              | 1 | A | The rule has no "then".
            rule "A"⏎when⏎then⏎call it "a"                             | 1 | A | The rule has no "end".
            rule "A"⏎salience 5                                        | 1 | A | The rule has no "when".
            rule "A"⏎when⏎then⏎call it "a"⏎⏎rule "B"⏎when⏎then⏎call it "a"⏎end | 1 | A | The rule has no "end".
            rule 'A'⏎when⏎then⏎send it⏎end                             | 4 | A | No sentence of the dictionary fits "send it".
            rule A⏎when⏎then⏎ the agent type is "x"⏎end                | 4 | A | No sentence of the dictionary fits "the agent type is "x"".
            ⏎ expander other.dsl                                       | 2 | - | There is no dictionary "other.dsl" in this folder.
            """)
    void aRuleThatIsNotWholeIsTold(String text, int line, String rule, String message) {
        assertThat(expand(text.replace('⏎', '\n')).problems()).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.rule()).isEqualTo(rule.equals("-") ? null : rule);
        });
    }

    @Test
    void allDictionariesApplyInTheOrderOfTheirNamesUnlessOneIsPicked() {
        Map<String, String> both = Map.of("b.dsl", "[when]x=Request( hour == 2 )\n[then]y=$route.deny(\"y\");",
                "a.dsl", "[when]x=Request( hour == 1 )\n[then]y=$route.deny(\"a\");");
        String rule = "rule \"R\"\nwhen\nx\nthen\ny\nend";

        assertThat(Sentences.expand(new RuleSource("x.dslr", rule), both).drl()).contains("hour == 1");
        assertThat(Sentences.expand(new RuleSource("x.dslr", "expander b\n" + rule), both).drl()).contains("hour == 2");
        assertThat(Sentences.expand(new RuleSource("x.dslr", rule.replace("\nx", "\nz")), both).problems().get(0).fix())
                .isEqualTo("The dictionaries are a.dsl, b.dsl.");
    }

    @Test
    void withoutADictionaryNothingIsUnderstood() {
        assertThat(Sentences.expand(new RuleSource("x.dslr", rule("when")), Map.of()).problems()).hasSize(1)
                .allMatch(problem -> problem.file().equals("x.dslr") && problem.message().startsWith("There is no dict"));
        assertThat(Sentences.expand(new RuleSource("x.dslr", rule("when")), Map.of("a.dsl", "# none")).problems())
                .extracting(RuleProblem::fix).containsExactly("The dictionary has no [then] sentence at all.");
    }

    @Test
    void aFaultOfTheDictionaryIsAProblemOfEveryFileThatUsesIt() {
        Map<String, String> dictionaries = Map.of("bad.dsl", "\n[when]a={b}", "good.dsl", WORDS);

        assertThat(Sentences.expand(new RuleSource("x.dslr", rule("when")), dictionaries).problems()).hasSize(1)
                .allMatch(problem -> problem.file().equals("bad.dsl") && problem.line() == 2);
        assertThat(Sentences.expand(new RuleSource("x.dslr", "expander good.dsl\n" + rule("when")), dictionaries)
                .problems()).isEmpty();
    }

    @Test
    void everyProblemIsToldUpToFifty() {
        assertThat(expand(rule("when\nfoo\nbar")).problems()).extracting(RuleProblem::line)
                .isEqualTo(List.of(3, 4));
        assertThat(expand(rule("when" + "\nfoo".repeat(100_000))).problems()).hasSize(50);
    }
}
