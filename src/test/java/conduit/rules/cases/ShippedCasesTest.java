package conduit.rules.cases;

import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleInfo;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples that come with Conduit show every rule that comes with it, and hold. */
class ShippedCasesTest {

    private static final Path FOLDER = Path.of("rules");

    private static RuleSet rules() throws IOException {
        return Deciding.compile(new RuleSource("routing.drl", Files.readString(FOLDER.resolve("routing.drl"))));
    }

    private static CaseTable table() throws IOException {
        return CaseTable.read("routing.cases.csv", Files.readString(FOLDER.resolve("routing.cases.csv")));
    }

    @Test
    void theShippedRulesAnswerAsTheirExamplesSay() throws IOException {
        assertThat(table().problems()).isEmpty();
        assertThat(table().failures(rules())).isEmpty();
    }

    @Test
    void everyShippedRuleHasAnExampleThatNamesItAndEveryExampleARemark() throws IOException {
        List<Case> cases = table().cases();

        assertThat(cases.stream().map(c -> c.expected().rule())).containsAll(rules().rules().stream()
                .map(RuleInfo::name).toList());
        assertThat(cases).allSatisfy(c -> assertThat(c.remark()).isNotBlank());
    }

    /** Examples that hold without the rule that they are to guard would guard nothing. */
    @Test
    void withoutAnyOneOfTheShippedRulesAnExampleFails() throws IOException {
        String drl = Files.readString(FOLDER.resolve("routing.drl"));

        for (RuleInfo rule : rules().rules()) {
            String without = drl.replace("\"" + rule.name() + "\"", "\"" + rule.name() + "\" enabled false");
            assertThat(table().failures(Deciding.compile(new RuleSource("routing.drl", without)))).as(rule.name())
                    .anySatisfy(failure -> assertThat(failure.message()).contains("\"" + rule.name()
                            + "\" is switched off."));
        }
    }
}
