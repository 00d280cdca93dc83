package conduit.rules.engine;

import conduit.Some;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule reads facts and calls Route; everything else is refused before anything compiles. */
class HostileRuleTest {

    /** In the table ⏎ is a carriage return, which ends a line for Java as well. */
    static Stream<String> table(String file) {
        try {
            String text = Files.readString(Path.of("src/test/resources/hostile-rules", file));
            return Arrays.stream(text.split("\n====\n")).map(String::strip).filter(t -> !t.isEmpty())
                    .map(t -> t.replace('⏎', '\r'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<String> files() {
        return table("files.txt");
    }

    /** Of all tables, each as a whole file. */
    static Stream<String> all() {
        return Stream.of(files(), conditions().map(HostileRuleTest::withCondition),
                consequences().map(HostileRuleTest::withConsequence), attributes().map(HostileRuleTest::withAttribute))
                .flatMap(each -> each);
    }

    private static String withCondition(String when) {
        return "rule \"R\"\nwhen\n  $route : Route()\n  " + when
                + "\nthen\n  $route.to(\"claude-opus-5-5\", \"why\");\nend\n";
    }

    private static String withConsequence(String then) {
        return "rule \"R\"\nwhen\n  $route : Route()\n  $r : Request( $p : prompt )\nthen\n  " + then + "\nend\n";
    }

    private static String withAttribute(String attribute) {
        return "rule \"R\" " + attribute
                + "\nwhen\n  $route : Route()\nthen\n  $route.to(\"claude-opus-5-5\", \"why\");\nend\n";
    }

    static Stream<String> conditions() {
        return Stream.concat(table("conditions.txt"), table("tripwire.txt"));
    }

    static Stream<String> consequences() {
        return table("consequences.txt");
    }

    static Stream<String> attributes() {
        return table("attributes.txt");
    }

    private static void assertRefused(String drl) {
        List<RuleProblem> problems = new RuleCompiler(Some.CATALOGUE).check(new RuleSource("x.drl", drl));

        assertThat(problems).as("the problems of\n%s", drl).isNotEmpty();
        assertThat(problems).as("nothing reached the compiler").noneMatch(p -> p.message()
                .matches("(?s).*(Rule Compilation error|Unable to Analyse|Unable to resolve|Error: unable).*"));
        assertThat(problems.get(0).file()).isEqualTo("x.drl");
        assertThat(problems.get(0).fix()).isNotBlank();
        assertThat(Tripwire.isUntouched()).as("nothing ran").isTrue();
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingButRulesStandsInAFile(String drl) {
        assertRefused(drl);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aConditionOnlyComparesFields(String when) {
        assertRefused(withCondition(when));
    }

    @ParameterizedTest
    @MethodSource("consequences")
    void aConsequenceOnlyCallsRouteWithTexts(String then) {
        assertRefused(withConsequence(then));
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void aRuleHasNoAttributeButSalienceAndEnabled(String attribute) {
        assertRefused(withAttribute(attribute));
    }

    @Test
    void theTableIsLarge() {
        assertThat(Stream.of(files(), conditions(), consequences(), attributes()).mapToLong(Stream::count).sum())
                .isGreaterThan(100);
    }
}
