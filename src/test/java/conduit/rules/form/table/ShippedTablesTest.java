package conduit.rules.form.table;

import conduit.rules.engine.RuleInfo;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.Expansion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static conduit.rules.engine.Deciding.ask;
import static org.assertj.core.api.Assertions.assertThat;

/** The tables that come with Conduit: what matches, what nearly does, what does not. */
class ShippedTablesTest {

    private static final RuleSet DEPARTMENTS = rules(departments());
    private static final RuleSet SUPPORT = rules(support());

    private static RuleSet rules(Expansion expansion) {
        return Tabled.compiled(expansion);
    }

    private static Expansion departments() {
        try {
            return Tabled.csv(Files.readString(Path.of("rules/departments.drl.csv")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Expansion support() {
        try {
            return Tabled.workbook(Files.readAllBytes(SupportWorkbook.FILE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String request(int tokens, String members) {
        return "{'prompt':'" + "a".repeat(4 * tokens) + "'" + (members == null ? "" : "," + members) + "}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            legal     | 20001 | claude-opus-5-5   | Long contracts go to Opus            | long contract, read with care
            legal     | 20000 | claude-sonnet-5-5 | The legal team gets Sonnet           | legal team
            finance   | 5001  | claude-sonnet-5-5 | Long reports of finance go to Sonnet | long report
            finance   | 5000  | claude-haiku-5-5  | Finance gets Haiku                   | short text of finance
            marketing | 10001 | claude-sonnet-5-5 | Long texts of marketing go to Sonnet | long campaign text
            marketing | 1     | claude-haiku-5-5  | Marketing gets Haiku                 | marketing copy
            interns   | 90000 | claude-haiku-5-5  | Interns get Haiku                    | learn first, spend later
            Legal     | 20001 | -                 | -                                    | -
            research  | 1     | -                 | -                                    | -
            """)
    void aDepartmentAndASizeChooseTheModel(String department, int tokens, String model, String rule, String reason) {
        RuleOutcome outcome = ask(DEPARTMENTS, request(tokens, "'metadata':{'department':'" + department + "'}"));

        assertThat(outcome.model()).isEqualTo(model);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.fired()).isEqualTo(rule == null ? java.util.List.of() : java.util.List.of(rule));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            support-escalation | gold   | 1    | claude-opus-5-5   | escalation of a gold customer
            support-escalation | silver | 1    | claude-sonnet-5-5 | escalation
            support-escalation | -      | 1    | claude-sonnet-5-5 | escalation
            support-chat       | gold   | 8001 | claude-sonnet-5-5 | long chat
            support-chat       | gold   | 8000 | claude-haiku-5-5  | chat, where speed counts
            support-mail       | gold   | 1    | -                 | -
            """)
    void anAgentOfTheDeskAndATierChooseTheModel(String agent, String tier, int tokens, String model, String reason) {
        RuleOutcome outcome = ask(SUPPORT, request(tokens, "'agent':{'type':'" + agent + "'},'metadata':{'tier':'"
                + tier + "'}"));

        assertThat(outcome.model()).isEqualTo(model);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.category()).isEqualTo("support");
        assertThat(outcome.among()).isNull();
    }

    @Test
    void cheapTiersAreFencedInAndLongFreeMailsRefused() {
        String free = "'agent':{'type':'support-mail'},'metadata':{'tier':'free'}";
        RuleOutcome mail = ask(SUPPORT, request(20_000, free));

        assertThat(mail.among()).containsExactly("claude-haiku-5-5", "claude-sonnet-5-5");
        assertThat(mail.amongReason()).isEqualTo("tier of the customer");
        assertThat(mail.denied()).isFalse();
        assertThat(ask(SUPPORT, request(20_001,
                free)).reason()).isEqualTo("the free tier covers mails of up to 20,000 tokens");
        assertThat(ask(SUPPORT, request(20_001, free)).denied()).isTrue();
        assertThat(ask(SUPPORT, request(20_001, free.replace("free", "bronze"))).among()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            -
            'agent':{'type':'research'}
            'agent':{'type':'support'}
            'metadata':{'tier':'free'}
            'metadata':{'team':'legal'}
            'category':'support','flags':['urgent'],'user':'legal','project':'default'
            """)
    void nobodyElseIsTouched(String members) {
        assertThat(ask(DEPARTMENTS, request(30_000, members)).fired()).isEmpty();
        assertThat(ask(SUPPORT, request(30_000, members)).fired()).isEmpty();
    }

    @Test
    void theyStandBelowTheOtherRulesAndTellTheirRows() {
        assertThat(DEPARTMENTS.rules()).hasSize(7).allMatch(rule -> rule.salience() < 40);
        assertThat(DEPARTMENTS.rules()).extracting(RuleInfo::salience).doesNotHaveDuplicates();
        assertThat(SUPPORT.rules()).hasSize(7).allMatch(rule -> rule.salience() < 50);
        assertThat(departments().line(1)).isEqualTo(11);
        assertThat(support().line(1)).isEqualTo(9);
    }

    @Test
    void theWorkbookIsTheOneThatItsMakerMakes() throws IOException {
        assertThat(support()).isEqualTo(Tabled.workbook(SupportWorkbook.make()));
    }
}
