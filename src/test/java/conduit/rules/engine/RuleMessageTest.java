package conduit.rules.engine;

import conduit.Some;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A problem is told in its author's words: file, line, rule, what is wrong and the way out. */
class RuleMessageTest {

    private static List<RuleProblem> check(String drl) {
        return new RuleCompiler(Some.CATALOGUE).check(new RuleSource("x.drl", drl));
    }

    private static String second(String condition, String then) {
        return "// a file\n" + Deciding.rule("First", 2, "Request()", "$route.category(\"a\");")
                + Deciding.rule("Second", 1, condition, then);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tokenCout > 5       | Did you mean tokenCount?
            tokens > 5          | Its fields are id, project
            agenttype == "a"    | Did you mean agentType?
            AgentType == "a"    | Did you mean agentType?
            promt == "a"        | Did you mean prompt?
            flag contains "a"   | Did you mean flags?
            dayofweek == "a"    | Did you mean dayOfWeek?
            dailySpend > 5      | Did you mean dailySpendUsd?
            zzz == 1            | Its fields are id, project, prompt, message
            """)
    void anUnknownFieldIsToldWithTheNearestOne(String condition, String fix) {
        RuleProblem problem = check(second("Request( " + condition + " )", "$route.deny(\"a\");")).get(0);

        assertThat(problem.file()).isEqualTo("x.drl");
        assertThat(problem.line()).isEqualTo(12);
        assertThat(problem.rule()).isEqualTo("Second");
        assertThat(problem.message()).startsWith("Request has no field \"");
        assertThat(problem.fix()).startsWith(fix);
    }

    @Test
    void anUnknownModelIsToldWithTheKnownOnes() {
        RuleProblem problem = check(second("Request()", "$route.to(\"claude-opus\", \"a\");")).get(0);

        assertThat(problem.toString()).startsWith("x.drl:13 in rule \"Second\": The model \"claude-opus\" is not in the "
                + "catalogue. Known models: claude-haiku-5-5, ");
        assertThat(problem.fix()).contains(Some.CATALOGUE.ids());
    }

    /** Else each request that it fires on fails when its decision is written. */
    @Test
    void aCategoryThatTheRecordCantHoldIsTold() {
        for (String name : List.of("", "x".repeat(201), "a\\nb")) {
            RuleProblem problem = check(second("Request()", "$route.category(\"" + name + "\");")).get(0);
            assertThat(problem.message()).startsWith("The category \"").endsWith("\" can't be kept.");
            assertThat(problem.fix()).isEqualTo("Write 1 to 200 characters, not blank, without control characters.");
        }
        assertThat(check(second("Request()", "$route.category(\"" + "x".repeat(200) + "\");"))).isEmpty();
    }

    @Test
    void aRuleThatNeverNamesARouteIsToldHow() {
        RuleProblem problem = check("rule \"R\"\nwhen\n  Request()\nthen\n  $route.deny(\"a\");\nend\n").get(0);

        assertThat(problem.rule()).isEqualTo("R");
        assertThat(problem.fix()).isEqualTo("Begin the conditions with $route : Route().");
    }

    @Test
    void everyProblemOfAFileIsTold() {
        List<RuleProblem> problems = check(Deciding.rule("A", 1, "Request( a == 1 )", "$route.deny(\"x\");")
                + Deciding.rule("B", 1, "Request( b == 1 )", "System.exit(1);"));

        assertThat(problems).extracting(RuleProblem::rule).containsExactly("A", "B", "B");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rule "R"⏎when⏎  $route : Route()⏎then⏎  $route.deny("a");                     | 5
            rule "R"⏎when⏎  $route : Route(⏎then⏎  $route.deny("a");⏎end                  | 5
            rule "R"⏎when⏎  $route : Route()⏎  Request( user == )⏎then⏎$route.deny("a");⏎end | 4
            rule "R"⏎when⏎  $route : Route()⏎  Request( user == "a )⏎then⏎$route.deny("a");⏎end | 4
            """)
    void whatCantBeReadIsToldWithItsLine(String drl, int line) {
        RuleProblem problem = check(drl.replace('⏎', '\n')).get(0);

        assertThat(problem.line()).isEqualTo(line);
        assertThat(problem.message()).startsWith("The text can't be read as a rule here: ").doesNotContain("ERR", "''");
        assertThat(problem.fix()).contains("Look for a missing ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            prompt matches "("
            user
            not( user == "a" )
            prompt == "a";
            """)
    void whatDoesNotCompileIsToldWithLineAndRuleAndWithoutTheCompilersWords(String condition) {
        RuleProblem problem = check(second("Request( " + condition + " )", "$route.deny(\"a\");")).get(0);

        assertThat(problem.rule()).isEqualTo("Second");
        assertThat(problem.line()).isEqualTo(12);
        assertThat(problem.message()).doesNotContain("~=", "x.drl#");
    }

    @Test
    void aDeclarationOutsideOfRulesIsToldWithoutAnException() {
        RuleProblem problem = check("declare X\n  a : String\nend\n").get(0);

        assertThat(problem.message()).doesNotContain("Exception");
    }

    /** A comparison of a number with a text is never what its author meant. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            prompt > 5
            tokenCount > "five"
            tokenCount matches "5"
            hour contains "5"
            """)
    void aComparisonThatDoesNotFitItsFieldIsTold(String condition) {
        assertThat(check(second("Request( " + condition + " )", "$route.deny(\"a\");"))).isNotEmpty();
    }

    /** What business users write; the second column stands in place of the first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            ⏎end           | ``                        | 14 | Second | missing 'end'
            then⏎          | ``                        | 14 | Second | missing 'then'
            when⏎          | ``                        | 10 | Second | missing 'when'
            when           | When                      | 10 | Second | Write when in place of When
            then           | Then                      | 14 | Second | Write then in place of Then
            end            | End                       | 15 | Second | Write end in place of End
            salience 1     | salience                  | 11 | Second | Write a whole number behind salience
            salience 1     | salience high             | 9  | Second | salience with a whole number
            salience 1     | Salience 1                | 9  | Second | Write salience in place of Salience
            "Second"       | ``                        | 9  | ``     | Write the rule's name in quotes
            "Second"       | Long prompts to Opus      | 9  | Long   | Write the rule's name in quotes
            "a", hour      | "a" hour                  | 12 | Second | Write a comma before it
            "a", hour      | "a" and hour              | 12 | Second | Write && or || inside
            "a", hour      | "a" AND hour              | 12 | Second | Write && or || inside
            "a", hour      | "a" or hour               | 12 | Second | Write && or || inside
            ==             | =                         | 12 | Second | Write == to compare
            ==             | is                        | 12 | Second | Write == to compare
            > 5            | => 5                      | 12 | Second | Compare with == != < > <= >=
            "a"            | “a”                       | 12 | Second | Write " before and behind each text
            "a"            | „a“                       | 12 | Second | Write " before and behind each text
            "a"            | "a                        | 12 | Second | Look for a missing quote
            "a"            | ann                       | 12 | Second | Its fields are
            5 )            | 5                         | 13 | Second | Look for a missing )
            Request( user  | Request user              | 12 | Second | Write Request( … ) around
            "m"            | claude-opus-5-5           | 13 | Second | Write $route.to("a model", "a reason");
            """)
    void aTypicalMistakeIsToldWithTheWayOut(String right, String wrong, int line, String rule, String fix) {
        String good = "// a file\n" + Deciding.rule("First", 2, "Request()", "$route.category(\"a\");")
                + Deciding.rule("Second", 1, "Request( user == \"a\", hour > 5 )", "$route.to(\"m\", \"x\");").strip();
        int second = good.indexOf("rule \"Second\"");
        String mistaken = good.substring(0, second) + good.substring(second).replace(right.replace('⏎', '\n'), wrong);

        RuleProblem problem = check(mistaken).get(0);

        assertThat(problem.toString()).contains(fix);
        assertThat(problem.line()).isEqualTo(line);
        assertThat(problem.rule()).isEqualTo(rule.isEmpty() ? null : rule);
        assertThat(problem.message()).doesNotContain("input", "viable", "mismatched", "<eof>", "token", "xception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Please send all long texts to Opus. Thank you! | A rule is written: rule "a name" when … then … end.
            rules "R" when                                 | A rule is written:
            Rule "R" when                                  | Write rule in place of Rule
            # Our rules                                    | Begin a remark to your colleagues with //.
            """)
    void whatIsNoRuleIsToldHowOneIsWritten(String text, String fix) {
        assertThat(check(text)).singleElement().satisfies(problem -> {
            assertThat(problem.fix()).contains(fix);
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.rule()).isNull();
        });
    }
}
