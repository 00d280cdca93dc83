package conduit.rules.form.table;

import conduit.Some;
import conduit.rules.engine.RuleCompiler;
import conduit.rules.text.Expansion;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static conduit.rules.form.table.Tabled.csv;
import static conduit.rules.form.table.Tabled.oneCondition;
import static org.assertj.core.api.Assertions.assertThat;

/** No table gets more past the guard than a rule file does. */
class HostileTableTest {

    static Stream<String> tables() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/hostile-rules/tables.txt"));
        return Arrays.stream(text.split("\n====\n")).filter(table -> !table.isBlank());
    }

    private static List<RuleProblem> problems(Expansion expansion) {
        return expansion.problems().isEmpty()
                ? new RuleCompiler(Some.CATALOGUE).check(new RuleSource("x.drl", expansion.drl()))
                : expansion.problems();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void nothingButComparisonsAndCallsOfRouteGetsThrough(String table) {
        Expansion expansion = csv(table);

        assertThat(problems(expansion)).as("the problems of\n%s", expansion.drl()).isNotEmpty();
        assertThat(problems(expansion)).as("nothing reached the compiler").noneMatch(p -> p.message()
                .matches("(?s).*(Rule Compilation error|Unable to Analyse|Unable to resolve|Error: unable).*"));
    }

    @Test
    void theCorpusIsLarge() throws IOException {
        assertThat(tables()).hasSizeGreaterThan(40);
    }

    /** A cell of data that is meant to break out of its text stays a text, and the rule asks for just that text. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            x" || true || user == "y
            x\\" || true || user == "y
            x\\\\" || true || user == "y
            x" ) eval( true ) Request( user == "y
            x\\u0022 || true || user == \\u0022y
            " ) then System.exit(1); end rule "y" when Request( user == "
            x" // remark
            x" /* remark
            $1" || true || user == "$2
            ' || true || '
            """)
    void aCellDoesNotBreakOutOfItsQuotes(String cell) {
        for (String snippet : List.of("user == \"$param\"", "user == '$param'", "user ==", "user", "user in",
                "forall(||){user == \"$\"}", "user == \"$1\"")) {
            Expansion expansion = csv(oneCondition(snippet, cell));

            assertThat(Tabled.compiled(expansion).rules()).hasSize(1);
            assertThat(Tabled.ask(oneCondition(snippet, cell), "{'prompt':'x','user':'ann'}").fired()).isEmpty();
        }
    }
}
