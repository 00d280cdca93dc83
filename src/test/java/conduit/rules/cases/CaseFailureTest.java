package conduit.rules.cases;

import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** A row that the rules do not answer as said is told with what was expected, what happened, and why. */
class CaseFailureTest {

    private static final RuleSet RULES = Deciding.compile(new RuleSource("x.drl",
            Deciding.rule("No secrets", 90, "Request( flags contains \"secret\" )", "$route.deny(\"a secret\");")
            + Deciding.rule("Cheap for the shop", 80, "Request( project == \"shop\" )",
                    "$route.among(\"the shop saves\", \"claude-haiku-5-5\"); $route.category(\"shop\");")
            + Deciding.rule("Long research", 70, "Request( agentType == \"research\", tokenCount > 50000 )",
                    "$route.to(\"claude-opus-5-5\", \"long research\");")
            + Deciding.rule("Translations", 60, "Request( category == \"translation\" )",
                    "$route.to(\"claude-haiku-5-5\", \"simple text work\");")
            + Deciding.rule("Night", 50, "Request( hour < 6 || dailySpendUsd > 20 )",
                    "$route.to(\"claude-haiku-5-5\", \"night\");")
            + Deciding.rule("Off", 40, "Request()", "$route.to(\"claude-sonnet-5-5\", \"off\");")
                    .replace("salience", "enabled false salience")
            + Deciding.rule("Legal", 30, "Request( metadata[\"team\"] == \"legal\", system == \"\" )",
                    "$route.category(\"legal\");")));

    private static List<RuleProblem> failures(String csv) {
        CaseTable table = CaseTable.read("x.cases.csv", csv);
        assertThat(table.problems()).isEmpty();
        return table.failures(RULES);
    }

    @Test
    void aFailureNamesTableLineDecidingRuleAndTheWayOut() {
        RuleProblem failure = failures("agentType,tokenCount,category,model,rule\n"
                + "research,50001,,claude-opus-5-5,Long research\n"
                + "research,50000,translation,claude-opus-5-5,Long research\n").get(0);

        assertThat(failure).isEqualTo(new RuleProblem("x.cases.csv", 3, "Translations", "Expected claude-opus-5-5 by "
                + "\"Long research\", but claude-haiku-5-5 was chosen by \"Translations\" (simple text work). "
                + "\"Long research\" did not match: tokenCount > 50000, and tokenCount is 50000.",
                "Change the rule, or this row if the new answer is right."));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            agentType,model,rule~research,claude-opus-5-5,Long research => Expected claude-opus-5-5 by "Long research", but no rule decided. "Long research" did not match: tokenCount > 50000, and tokenCount is 1.
            tokenCount,model~60000,claude-opus-5-5 => Expected claude-opus-5-5, but no rule decided. "Long research" did not match: agentType == "research", and agentType was left out.
            dailySpendUsd,rule~19.50,Night => Expected that "Night" decides or takes part, but no rule decided. "Night" did not match: hour < 6 || dailySpendUsd > 20, and hour is 12, dailySpendUsd is 19.5.
            flags,model~a;b,deny => Expected that it is denied, but no rule decided. "No secrets" did not match: flags contains "secret", and flags is "a", "b".
            flags,model~,denied => Expected that it is denied, but no rule decided. "No secrets" did not match: flags contains "secret", and flags is empty.
            flags,model~secret,- => Expected that no rule decides, but it was denied by "No secrets" (a secret).
            category,model~translation, => Expected that no rule decides, but claude-haiku-5-5 was chosen by "Translations" (simple text work).
            category,rule~translation,none => Expected that no rule decides, but claude-haiku-5-5 was chosen by "Translations" (simple text work).
            category,hour,model,rule~translation,1,claude-haiku-5-5,Night => Expected claude-haiku-5-5 by "Night", but claude-haiku-5-5 was chosen by "Translations" (simple text work). "Night" holds as well, but "Translations" goes first.
            user,model,rule~ann,claude-sonnet-5-5,Off => Expected claude-sonnet-5-5 by "Off", but no rule decided. "Off" is switched off.
            user,model~ann,claude-fable-5-2 => Expected claude-fable-5-2, but no rule decided. No rule of this file sends anything to "claude-fable-5-2"; they choose claude-opus-5-5, claude-haiku-5-5, claude-sonnet-5-5.
            user,model,rule~ann,-,Nigth => Expected that no rule decides and "Nigth" takes part, but no rule decided. No rule of this file is called "Nigth"; did you mean "Night"?
            project,model,rule~shop,deny,Cheap for the shop => Expected that it is denied by "Cheap for the shop", but no rule decided; "Cheap for the shop" took part. "Cheap for the shop" has neither to nor deny, so it never decides.
            project,agentType,tokenCount,model~shop,research,60000,claude-opus-5-5 => Expected claude-opus-5-5, but it was denied by "Long research" (it sends the request to claude-opus-5-5, which an earlier rule leaves out: the shop saves).
            metadata.team,system,expected category~legal,Be short,legal => Expected the category legal, but no rule set one.
            project,expected category~shop,- => Expected that no rule sets a category, but the rules set shop.
            project,expected category~shop,legal => Expected the category legal, but the rules set shop.
            project,expected among~shop,claude-opus-5-5;claude-haiku-5-5 => Expected a choice among claude-opus-5-5, claude-haiku-5-5, but the rules leave claude-haiku-5-5.
            project,expected among~shop,none => Expected that no rule narrows the choice, but the rules leave claude-haiku-5-5.
            user,expected among~ann,claude-haiku-5-5 => Expected a choice among claude-haiku-5-5, but no rule narrowed it.
            hour,model,expected reason~1,claude-haiku-5-5,cheap => Expected the reason "cheap", but it is "night".
            user,expected reason~ann,cheap => Expected the reason "cheap", but no rule gave one.
            """)
    void aFailureTellsWhatWasExpectedWhatHappenedAndWhy(String csv, String message) {
        assertThat(failures(csv.replace('~', '\n'))).extracting(RuleProblem::message).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            flags,model,rule~urgent|secret,Deny,No secrets
            flags,rule,reason~a secret,No secrets,a secret
            user,model,rule~ann,,
            user,model,rule~ann,none,-
            project,model,rule,expected among,expected category~shop,-,Cheap for the shop,claude-haiku-5-5,shop
            project,expected reason~shop,the shop saves
            project,agentType,tokenCount,model~shop,research,60000,deny
            metadata["team"],model,expected category,expected among~legal,-,legal,-
            """)
    void aRowThatIsAnsweredAsSaidIsNoFailure(String row) {
        assertThat(failures(row.replace('~', '\n').replace("reason", "expected reason")
                .replace("expected expected", "expected"))).isEmpty();
    }

    @Test
    void twentyFailuresAreToldAndTheOthersCounted() {
        String row = "night,claude-opus-5-5\n";
        String header = "name,model\n";

        assertThat(failures(header + row.repeat(20))).hasSize(20);
        List<RuleProblem> many = failures(header + row.repeat(23));
        assertThat(many).hasSize(21);
        assertThat(many.get(19).line()).isEqualTo(21);
        assertThat(many.get(20).toString())
                .isEqualTo("x.cases.csv:22: And 3 more rows from this line on. Begin with those above.");
        assertThat(failures(header + row.repeat(21)).get(20).message()).startsWith("And 1 more row from");
    }

    @Test
    void aResultTellsRowByRowWhatWasExpectedAndWhatHappened() {
        List<CaseResult> results = CaseTable.read("x.cases.csv", "name,hour,model,rule\nearly,1,claude-haiku-5-5,Night\n"
                + "late,23,claude-haiku-5-5,Night\n").run(RULES);

        assertThat(results.get(0)).isEqualTo(new CaseResult(2, "early", "claude-haiku-5-5", "Night",
                "claude-haiku-5-5", "Night", null));
        assertThat(results).extracting(CaseResult::ok).containsExactly(true, false);
        assertThat(results.get(1)).extracting(CaseResult::line, CaseResult::actualModel, CaseResult::actualRule)
                .containsExactly(3, "-", null);
    }

    private static List<CaseResult> run(LongSupplier nanoTime) {
        RuleSet rules = Deciding.compile(Deciding.when("Request( prompt matches \"(a|b)*c\" )"));
        return CaseTable.read("x.cases.csv", "prompt,model\na,-\nb,-\n")
                .run(new RuleSet("v", rules.read(), new RuleSet.Bounds(Duration.ofMillis(500), nanoTime)));
    }

    /** Without this, a slow rule and a long table hold up every other author for an hour. */
    @Test
    void whereTheRulesTakeTooLongTheOtherRowsAreNotTried() {
        AtomicLong now = new AtomicLong();

        List<CaseResult> results = run(() -> now.addAndGet(1_000_000_000L));

        assertThat(results).hasSize(1);
        assertThat(results.get(0).failure().message()).startsWith("The rules took more than 500 ms for one request")
                .endsWith("The rows behind this one were not tried.");
        assertThat(results.get(0).actualModel()).isNull();
    }

    /** A sound file must not be refused because the machine was busy while it was loaded. */
    @Test
    void aRowThatTookTooLongOnceIsTriedAgain() {
        AtomicLong calls = new AtomicLong();

        assertThat(run(() -> calls.incrementAndGet() == 1 ? 0 : 1_000_000_000L)).hasSize(2)
                .allMatch(CaseResult::ok);
    }
}
