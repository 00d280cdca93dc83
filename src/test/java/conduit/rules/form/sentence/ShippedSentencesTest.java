package conduit.rules.form.sentence;

import conduit.Some;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.request.RequestParser;
import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleOutcome;
import conduit.rules.engine.RuleSet;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import conduit.rules.form.sentence.ShippedRows.Row;
import conduit.rules.text.Expansion;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The sentences that come with Conduit mean what they say, and so do its rules that are written in them. */
class ShippedSentencesTest {

    private static final Map<String, String> SHIPPED = Map.of("sentences.dsl", read("sentences.dsl"));
    private static final Dictionary DICTIONARY = Dictionary.parse("sentences.dsl", SHIPPED.get("sentences.dsl"));
    private static final List<Row> ROWS = ShippedRows.all();

    private static String read(String file) {
        try {
            return Files.readString(Path.of("rules", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleSet compile(String file, String text) {
        Expansion expansion = Sentences.expand(new RuleSource(file, text), SHIPPED);
        assertThat(expansion.problems()).isEmpty();
        return Deciding.compile(new RuleSource(file.replace(".dslr", ".drl"), expansion.drl()));
    }

    private static RuleOutcome ask(RuleSet rules, String members, String situation) {
        String[] set = situation.split("=");
        ZonedDateTime at = set[0].equals("hour") ? Deciding.NOON.withHour(Integer.parseInt(set[1]))
                : set[0].equals("day") ? Deciding.NOON.withDayOfMonth(Integer.parseInt(set[1])) : Deciding.NOON;
        Inlet inlet = set[0].equals("inlet") ? Inlet.valueOf(set[1].toUpperCase()) : Inlet.HTTP;
        LlmRequest asked = new RequestParser(Some.CATALOGUE, Some.MAX_PROMPT).json(("{" + members + "}")
                .replace('\'', '"'), new RequestParser.Origin(inlet, "r-1", null));
        return rules.decide(new Request(asked, Circumstances.of(asked, at,
                new BigDecimal(set[0].equals("daily") ? set[1] : "5"),
                new BigDecimal(set[0].equals("monthly") ? set[1] : "5"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"When @", "when\n  any request\n  - @"})
    void aSentenceHoldsOrDoesNot(String form) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ROWS.size(); i++) {
            text.append("rule \"").append(i).append("\"\n").append(form.replace("@", ROWS.get(i).sentence()))
                    .append("\nthen\n  call it \"c\"\nend\n");
        }
        RuleSet rules = compile("all.dslr", text.toString());

        for (int i = 0; i < ROWS.size(); i++) {
            Row row = ROWS.get(i);
            assertThat(ask(rules, row.members(), row.situation()).fired().contains("" + i)).as(row.toString())
                    .isEqualTo(row.holds());
        }
    }

    /** Which sentence a line is taken for: the first that replaces anything. */
    private static Sentence taken(String line) {
        return DICTIONARY.sentences().stream().filter(one -> one.section() == Sentence.Section.WHEN
                && !one.replaceAll(line, new Effort()).equals(line)).findFirst().orElseThrow();
    }

    @Test
    void everySentenceIsShownToHoldAndNotToHold() {
        for (boolean holds : new boolean[] {true, false}) {
            List<Sentence> shown = ROWS.stream().filter(row -> row.holds() == holds).map(row -> taken(row.sentence()))
                    .toList();
            assertThat(DICTIONARY.sentences().stream().filter(one -> one.section() == Sentence.Section.WHEN
                    && (holds || !one.left().shown().equals("Any request"))).filter(one -> !shown.contains(one))
                    .map(one -> one.left().shown())).as("shown to hold: " + holds).isEmpty();
        }
    }

    @Test
    void everyFieldAndEveryActionHasASentence() {
        List<String> means = new ArrayList<>();
        SHIPPED.get("sentences.dsl").lines().filter(line -> line.startsWith("[")).map(line -> line.replaceFirst(
                "^.*?=(?=Request|\\$route)", "")).forEach(means::add);

        assertThat(Request.FIELDS).allSatisfy(field -> assertThat(means).anyMatch(drl -> drl.matches("Request\\( .*\\b"
                + field + "\\b.*")));
        assertThat(Stream.of("to", "among", "deny", "category")).allSatisfy(action ->
                assertThat(means).anyMatch(drl -> drl.startsWith("$route." + action + "(")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            Send it to "claude-opus-5-5" because "it is long" | claude-opus-5-5 | it is long | - | -
            send it to "claude-opus-5-5" because "a \\"b\\"". | claude-opus-5-5 | a "b"      | - | -
            Refuse it because "no, because of (this)"         | - | no, because of (this)    | - | -
            Choose between "claude-haiku-5-5" and "claude-sonnet-5-5" because "b" | - | - | claude-haiku-5-5,claude-sonnet-5-5 | -
            Choose among "claude-haiku-5-5" because "b"       | - | -                        | claude-haiku-5-5 | -
            Choose among "claude-haiku-5-5", "claude-opus-5-5" because "b" | - | -           | claude-haiku-5-5,claude-opus-5-5 | -
            Call it "letters"                                 | - | -                        | - | letters
            - put it into the category "letters"              | - | -                        | - | letters
            """)
    void anActionDoesWhatItSays(String sentence, String model, String reason, String among, String category) {
        RuleOutcome outcome = ask(compile("x.dslr", "Rule \"R\" with rank 5\nWhen any request\nThen " + sentence
                + "\nEnd\n"), "'prompt':'p'", "-");

        assertThat(outcome.model()).isEqualTo(model);
        assertThat(outcome.denied()).isEqualTo(sentence.startsWith("Refuse"));
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.among()).isEqualTo(among == null ? null : List.of(among.split(",")));
        assertThat(outcome.category()).isEqualTo(category);
    }

    @Test
    void everyActionsSentenceIsTried() {
        assertThat(DICTIONARY.sentences().stream().filter(one -> one.section() == Sentence.Section.THEN)).hasSize(6);
        assertThat(DICTIONARY.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            'agent':{'type':'newsletter'},'metadata':{'team':'legal'} | day=20  | claude-sonnet-5-5 | newsletter of the legal team
            'agent':{'type':'newsletter'},'metadata':{'team':'Legal'} | day=20  | -                 | -
            'agent':{'type':'newsletter'}                             | day=22  | claude-haiku-5-5  | newsletter after hours
            'agent':{'type':'newsletters'}                            | day=22  | -                 | -
            'metadata':{'team':'legal'}                               | day=22  | -                 | -
            'agent':{'id':'newsletter'}                               | hour=22 | -                 | -
            """)
    void newslettersGoTheirWay(String members, String situation, String model, String reason) {
        RuleOutcome outcome = ask(compile("newsletters.dslr", read("newsletters.dslr")), "'prompt':'p'," + members,
                situation);

        assertThat(outcome.model()).isEqualTo(model);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.category()).isEqualTo(members.contains("'Legal'") ? "newsletter" : null);
        assertThat(outcome.among()).isEqualTo(members.contains("'Legal'")
                ? List.of("claude-haiku-5-5", "claude-sonnet-5-5") : null);
    }

    @Test
    void otherRequestsAreNotTouchedByTheShippedSentences() {
        RuleSet rules = compile("newsletters.dslr", read("newsletters.dslr"));

        for (Row row : ROWS) {
            assertThat(ask(rules, row.members(), row.situation()).fired()).as(row.toString()).isEmpty();
        }
        assertThat(rules.rules()).hasSize(3).allMatch(rule -> rule.salience() < 30 && rule.salience() > 0);
    }
}
