package conduit.rules.engine;

import conduit.Some;
import conduit.rules.RuleBook;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;

import java.util.List;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.compile;
import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;

class RuleOrderTest {

    private static final String HAIKU = "$route.to(\"claude-haiku-5-5\", \"haiku\");";
    private static final String OPUS = "$route.to(\"claude-opus-5-5\", \"opus\");";
    private static final String DENY = "$route.deny(\"no\");";

    private static RuleOutcome decide(String... rules) {
        return ask(compile(new RuleSource("a.drl", String.join("", rules))), "{'prompt':'x'}");
    }

    @Test
    void theHighestSalienceDecidesAndEndsIt() {
        RuleOutcome outcome = decide(rule("low", 1, "Request()", HAIKU), rule("high", 2, "Request()", OPUS),
                rule("lower", -3, "Request()", DENY));

        assertThat(outcome.model()).isEqualTo("claude-opus-5-5");
        assertThat(outcome.denied()).isFalse();
        assertThat(outcome.fired()).containsExactly("high");
    }

    @Test
    void aDenyEndsItAsWell() {
        RuleOutcome outcome = decide(rule("deny", 9, "Request()", DENY), rule("to", 8, "Request()", OPUS));

        assertThat(outcome.denied()).isTrue();
        assertThat(outcome.model()).isNull();
        assertThat(outcome.fired()).containsExactly("deny");
    }

    @Test
    void withinOneRuleTheFirstCallDecides() {
        assertThat(decide(rule("both", 0, "Request()", HAIKU + OPUS + DENY)).model()).isEqualTo("claude-haiku-5-5");
    }

    @Test
    void aTieGoesToTheOrderInTheFile() {
        for (String[] order : new String[][] {{HAIKU, OPUS}, {OPUS, HAIKU}}) {
            RuleOutcome outcome = decide(rule("z", 5, "Request()", order[0]), rule("a", 5, "Request()", order[1]));

            assertThat(outcome.fired()).containsExactly("z");
        }
    }

    @Test
    void aTieOfManyGoesToTheOrderInTheFile() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rules.append(rule("r" + (i * 7 % 20), 0, "Request()", "$route.category(\"c" + i + "\");"));
        }
        RuleOutcome outcome = decide(rules.toString());

        assertThat(outcome.category()).isEqualTo("c0");
        assertThat(outcome.fired()).hasSize(20).startsWith("r0", "r7", "r14").endsWith("r13");
    }

    @Test
    void aTieBetweenFilesGoesToTheEarlierFile() {
        RuleSource a = new RuleSource("a.drl", rule("x", 5, "Request()", HAIKU));
        RuleSource b = new RuleSource("b.drl", rule("x", 5, "Request()", OPUS));

        assertThat(ask(compile(a, b), "{'prompt':'x'}").model()).isEqualTo("claude-haiku-5-5");
        assertThat(ask(compile(b, a), "{'prompt':'x'}").model()).isEqualTo("claude-opus-5-5");
    }

    @Test
    void everyAmongBeforeTheDecisionNarrows() {
        RuleOutcome outcome = decide(
                rule("one", 9, "Request()", "$route.among(\"first\", \"claude-haiku-5-5\", \"claude-sonnet-5-5\");"),
                rule("two", 8, "Request()", "$route.among(\"second\", \"claude-sonnet-5-5\", \"claude-opus-5-5\");"),
                rule("to", 7, "Request()", OPUS),
                rule("late", 6, "Request()", "$route.among(\"late\", \"claude-haiku-5-5\");"));

        assertThat(outcome.among()).containsExactly("claude-sonnet-5-5");
        assertThat(outcome.fired()).containsExactly("one", "two", "to");
    }

    @Test
    void theFirstCategoryHolds() {
        assertThat(decide(rule("a", 2, "Request()", "$route.category(\"first\");"),
                rule("b", 1, "Request()", "$route.category(\"second\");")).category()).isEqualTo("first");
    }

    @Test
    void onATieAProjectsRuleGoesBeforeAFiles() throws Exception {
        java.nio.file.Path folder = java.nio.file.Files.createTempDirectory("rules");
        java.nio.file.Files.writeString(folder.resolve("a.drl"), rule("file", 5, "Request()", HAIKU));
        RuleBook book = RuleBook.of(folder, folder.resolve("kept"), Some.CATALOGUE, RuleSet.Bounds.DEFAULT);
        book.refresh();
        String form = "{'defaultModel':'claude-opus-5-5','routingRules':[{'name':'Own','priority':%d,"
                + "'targetModel':'claude-opus-5-5','conditions':{'rules':[{'field':'prompt','operator':'=','value':'x'}]}}]}";

        assertThat(ask(book.forProject(Some.project(form.formatted(5))), "{'prompt':'x'}").model())
                .isEqualTo("claude-opus-5-5");
        assertThat(ask(book.forProject(Some.project(form.formatted(4))), "{'prompt':'x'}").model())
                .isEqualTo("claude-haiku-5-5");
        assertThat(book.forProject(Some.project("{'enabled':false}")).version()).isEqualTo(book.serving().version());
        assertThat(List.of(book.forProject(Some.project(form.formatted(5))).version(), book.serving().version()))
                .doesNotHaveDuplicates();
    }
}
