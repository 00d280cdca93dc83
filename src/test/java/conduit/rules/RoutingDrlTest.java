package conduit.rules;

import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleInfo;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.rules.engine.Deciding.NOON;
import static conduit.rules.engine.Deciding.ask;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules that come with Conduit, one by one: what matches, what nearly does, what does not. */
class RoutingDrlTest {

    private static final RuleSet RULES = shipped();

    private static RuleSet shipped() {
        try {
            return Deciding.compile(new RuleSource("routing.drl", Files.readString(Path.of("rules/routing.drl"))));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String tokens(int count) {
        return "'prompt':'" + "a".repeat(4 * count) + "'";
    }

    @Test
    void confidentialIsDeniedWhateverElseItIs() {
        RuleOutcome outcome = ask(RULES, "{'prompt':'x','flags':['urgent','confidential']}");

        assertThat(outcome.denied()).isTrue();
        assertThat(outcome.model()).isNull();
        assertThat(outcome.reason()).isEqualTo("confidential texts must not leave the house");
        assertThat(ask(RULES, "{'prompt':'x','flags':['Confidential']}").denied()).isFalse();
        assertThat(ask(RULES, "{'prompt':'confidential'}").denied()).isFalse();
    }

    @Test
    void longResearchGoesToOpus() {
        String research = "{'agent':{'type':'research'},";

        assertThat(ask(RULES, research + tokens(50_001) + "}").model()).isEqualTo("claude-opus-5-5");
        assertThat(ask(RULES, research + tokens(50_001) + "}").reason()).isEqualTo("long research prompt");
        assertThat(ask(RULES, research + tokens(50_000) + "}").model()).isNull();
        assertThat(ask(RULES, "{'agent':{'id':'research'}," + tokens(50_001) + "}").model()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            'flags':['x','urgent']            | claude-opus-5-5   | flagged urgent
            'flags':['URGENT']                | -                 | -
            'category':'urgent'               | -                 | -
            'category':'translation'          | claude-haiku-5-5  | simple text work
            'category':'summary'              | claude-haiku-5-5  | simple text work
            'category':'summaries'            | -                 | -
            'flags':['summary']               | -                 | -
            'agent':{'type':'code-review'}    | claude-sonnet-5-5 | code review
            'agent':{'type':'code'}           | -                 | -
            'agent':{'id':'code-review'}      | -                 | -
            'user':'u'                        | -                 | -
            'flags':['urgent'],'category':'summary','agent':{'type':'code-review'} | claude-opus-5-5 | flagged urgent
            'category':'summary','agent':{'type':'code-review'}  | claude-haiku-5-5  | simple text work
            """)
    void flagsCategoriesAndAgentsChoose(String member, String model, String reason) {
        RuleOutcome outcome = ask(RULES, "{'prompt':'x'," + member + "}");

        assertThat(outcome.model()).isEqualTo(model);
        assertThat(outcome.reason()).isEqualTo(reason);
    }

    @Test
    void batchesGoToHaikuAtNightOnly() {
        String batch = "{'prompt':'x','flags':['batch']}";

        assertThat(ask(RULES, batch, NOON.withHour(5).withMinute(59)).model()).isEqualTo("claude-haiku-5-5");
        assertThat(ask(RULES, batch, NOON.withHour(6)).model()).isNull();
        assertThat(ask(RULES, "{'prompt':'x'}", NOON.withHour(3)).model()).isNull();
    }

    @Test
    void veryLongPromptsAreKeptFromTheDearestModels() {
        RuleOutcome outcome = ask(RULES, "{" + tokens(100_001) + "}");

        assertThat(outcome.model()).isNull();
        assertThat(outcome.among()).containsExactly("claude-haiku-5-5", "claude-sonnet-5-5");
        assertThat(outcome.amongReason()).isEqualTo("very long prompt");
        assertThat(outcome.category()).isEqualTo("long");
        assertThat(outcome.fired()).containsExactly("Very long prompts are kept from the dearest models");
        assertThat(ask(RULES, "{" + tokens(100_000) + "}").among()).isNull();
    }

    @Test
    void contractsAreACategory() {
        assertThat(ask(RULES, "{'prompt':'Read\\nthe CONTRACT\\nplease'}").category()).isEqualTo("legal");
        assertThat(ask(RULES, "{'prompt':'contractor'}").category()).isNull();
        assertThat(ask(RULES, "{'prompt':'x'}").category()).isNull();
        assertThat(ask(RULES, "{'prompt':'x'}").fired()).isEmpty();
    }

    @Test
    void eachRuleIsListedWithItsFileLineAndModels() {
        assertThat(RULES.rules()).hasSize(8).allMatch(rule -> rule.file().equals("routing.drl") && rule.line() > 4);
        assertThat(RULES.rules().get(6).models()).containsExactly("claude-haiku-5-5", "claude-sonnet-5-5");
        assertThat(RULES.rules().get(1)).extracting(RuleInfo::name, RuleInfo::salience, RuleInfo::line)
                .containsExactly("Long research prompts go to Opus", 90, 10);
    }
}
