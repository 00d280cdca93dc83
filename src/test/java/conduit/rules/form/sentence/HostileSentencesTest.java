package conduit.rules.form.sentence;

import conduit.Some;
import conduit.rules.engine.RuleCompiler;
import conduit.rules.text.Expansion;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A dictionary can write any DRL, but not without bound, not on other lines, and nothing gets past the guard. */
class HostileSentencesTest {

    private static final String RULE = "rule \"R\"\nwhen\n  %s\nthen\n  go\nend\n";

    private static Expansion expand(String dictionary, String text) {
        return Sentences.expand(new RuleSource("x.dslr", text), Map.of("a.dsl",
                dictionary + "\n[then]go=$route.deny(\"no\");\n"));
    }

    /** In the table ⏎ is a carriage return, which ends a line for Java as well. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [when]bad=Request() then System.exit(1); end                               | bad
            [when]bad=then System.exit(1); end import java.lang.Runtime; rule "S" when | bad
            [when]bad=Request() then $route.deny("a"); end function void f() \\{ \\} rule "S" when | bad
            [when]bad=eval( System.exit(1) == null )                                   | bad
            [when]bad {x}=Request( {x} )                                               | bad eval( true )
            [when]bad {x}=Request( prompt == "{x}" )                                   | bad a", System.exit(1) == null, prompt == "b
            [when]bad=Request( prompt == "\\u0022, true, prompt == "x" )               | bad
            [when]bad=Request() /*                                                     | bad
            [when]bad=*/ eval( true ) /*                                               | bad
            [when]bad=Request() from x.y()                                             | bad
            [then]go=System.exit(1);                                                   | > Request()
            [then]go.*=x                                                               | > Request()
            [then]go=\\$route = null; \\$route.deny("a");                              | > Request()
            [keyword]salience {n}=no-loop                                              | > Request() eval( true )
            [keyword]then=then System.exit(1);                                         | > Request()
            [keyword]end=end import java.lang.Runtime;                                 | > Request()
            [keyword]rule=import java.lang.Runtime; rule                               | > Request()
            [keyword]rule=function void f() \\{ System.exit(1); \\} rule               | > Request()
            [keyword]rule=package a; global java.util.List l; rule                     | > Request()
            [keyword]rule=declare Evil x : String end rule                             | > Request()
            [keyword]rule=dialect "mvel" rule                                          | > Request()
            """)
    void whatADictionarySmugglesInIsRefused(String dictionary, String condition) {
        String text = RULE.formatted(condition);
        Expansion expansion = expand(dictionary, text);

        if (expansion.problems().isEmpty()) {
            assertThat(expansion.lines()).hasSize(7);
            assertThat(expansion.drl().split("\n", -1)).hasSize(7);
            assertThat(new RuleCompiler(Some.CATALOGUE).check(new RuleSource("x.drl", expansion.drl())))
                    .as(expansion.drl()).isNotEmpty().noneMatch(p -> p.message().contains("Rule Compilation error"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [when]a {x}={x} {x} {x} {x} {x} {x} {x} {x}  | 1    | more than 16000 characters
            [when]a=a a                                  | 30   | more than 16000 characters
            [when]x=a b a b a b a b a b a b a b a b      | 30   | more than 16000 characters
            """)
    void aLineDoesNotGrowWithoutBound(String entry, int times, String message) {
        String line = entry.contains("{x}") ? "a " + "y".repeat(3_000) : entry.contains("]x") ? "x x" : "a a";
        String more = entry.contains("]x") ? "[when]a=x x\n[when]b=x x\n" + entry + "\n" : "";

        assertThat(expand((more + entry + "\n").repeat(times), RULE.formatted(line)).problems()).hasSize(1)
                .allSatisfy(problem -> {
                    assertThat(problem.message()).contains(message);
                    assertThat(problem.line()).isEqualTo(3);
                    assertThat(problem.rule()).isEqualTo("R");
                });
    }

    @Test
    void aFileDoesNotGrowWithoutBound() {
        String growing = RULE.formatted("a\n".repeat(1_000)).repeat(400);

        assertThat(expand("[when]a=Request( prompt == \"" + "x".repeat(3_500) + "\" )", growing).problems()).hasSize(1)
                .allMatch(problem -> problem.message().startsWith("The file becomes larger than 4194304 characters"));
        assertThat(expand("", "x".repeat(5 << 20)).problems()).hasSize(1);
        assertThat(expand("", RULE.formatted("x".repeat(1 << 20))).problems()).extracting(RuleProblem::message)
                .containsExactly("The line is longer than 4000 characters.");
    }

    @Test
    void theWorkIsBounded() {
        String slow = "[when]a {x:(a?){900}}z=b\n".repeat(100);

        assertThat(expand(slow, RULE.formatted(("a " + "a".repeat(3_900) + "z!\n").repeat(500))).problems())
                .anyMatch(problem -> problem.message().startsWith("The file has too many sentences"));
        assertThat(expand("[when]a=b\n".repeat(900), RULE.formatted(("\"" + "a ".repeat(1_900) + "\"\n").repeat(500)))
                .problems()).anyMatch(problem -> problem.message().startsWith("The file has too many sentences"));
    }

    @Test
    void aVariableTakesNothingOfTheNextLine() {
        Expansion expansion = expand("[when]say {x} now=Request( prompt == \"{x}\" )",
                RULE.formatted("say a\n  b now"));

        assertThat(expansion.problems()).extracting(RuleProblem::line).containsExactly(3, 4);
    }

    @Test
    void aRemarkThatIsNotClosedHidesNothing() {
        assertThat(expand("", "rule \"R\"\nwhen /* \n then\n go\nend").problems()).hasSize(1)
                .allMatch(problem -> problem.line() == 1 && problem.message().equals("The rule has no \"then\"."));
    }
}
