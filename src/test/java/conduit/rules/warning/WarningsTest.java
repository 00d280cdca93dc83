package conduit.rules.warning;

import conduit.Some;
import conduit.rules.engine.DrlReader;
import conduit.rules.engine.ReadRules;
import conduit.rules.engine.Rule;
import conduit.rules.engine.RuleInfo;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class WarningsTest {

    private static final String HAIKU = "$route.to(\"claude-haiku-5-5\", \"haiku\");";
    private static final String OPUS = "$route.to(\"claude-opus-5-5\", \"opus\");";
    private static final String DENY = "$route.deny(\"no\");";
    private static final String NOT_OPUS = "$route.among(\"cheap\", \"claude-haiku-5-5\", \"claude-sonnet-5-5\");";

    private static List<Rule> read(String file, String... rules) {
        ReadRules read = new DrlReader(Some.CATALOGUE).read(new RuleSource(file, String.join("", rules)), Map.of());
        assertThat(read.problems()).isEmpty();
        return read.rules();
    }

    private static List<RuleWarning> warnings(String... rules) {
        return Warnings.of(read("x.drl", rules));
    }

    /** The same rules as rows of a table, the row being the line. */
    private static List<Rule> inTable(List<Rule> rules) {
        return rules.stream().map(r -> new Rule(new RuleInfo("prices.drl.csv", r.info().name(), r.info().line(),
                r.info().salience(), r.info().models()), true, r.condition(), r.actions())).toList();
    }

    @Test
    void aTieAcrossFilesNamesBothPlacesAndWhatEachChooses() {
        List<Rule> rules = new ArrayList<>(read("a.drl", rule("A", 40, "Request( tokenCount > 5 )", HAIKU)));
        rules.addAll(read("b.drl", rule("other", 1, "Request( user == \"bob\" )", HAIKU),
                rule("B", 40, "Request( user == \"ann\" )", OPUS)));

        assertThat(Warnings.of(rules)).containsExactly(new RuleWarning("a.drl", 1, "A", "b.drl", 8, "B", "Both have "
                + "salience 40, can match the same request and choose differently (claude-haiku-5-5, "
                + "claude-opus-5-5); the first in this order wins.", "Give the one that should win a higher salience."));
        assertThat(Warnings.of(rules).get(0)).hasToString("a.drl:1 in rule \"A\" and b.drl:8 in rule \"B\": Both have "
                + "salience 40, can match the same request and choose differently (claude-haiku-5-5, claude-opus-5-5); "
                + "the first in this order wins. Give the one that should win a higher salience.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "$route.to(\"claude-haiku-5-5\", \"x\"); $route.deny(\"x\"); claude-haiku-5-5, denied",
            "$route.category(\"a\"); $route.category(\"b\"); category a, category b",
            "$route.to(\"claude-opus-5-5\", \"x\"); $route.among(\"x\", \"claude-haiku-5-5\"); claude-opus-5-5, only claude-haiku-5-5",
            "$route.among(\"x\", \"claude-haiku-5-5\"); $route.deny(\"x\");",
            "$route.among(\"x\", \"claude-haiku-5-5\"); $route.among(\"x\", \"claude-opus-5-5\");",
            "$route.among(\"x\", \"claude-haiku-5-5\"); $route.to(\"claude-haiku-5-5\", \"x\");",
            "$route.category(\"a\"); $route.category(\"a\");", "$route.category(\"a\"); $route.deny(\"x\");",
            "$route.to(\"claude-opus-5-5\", \"x\"); $route.to(\"claude-opus-5-5\", \"y\");"})
    void onlyChoicesThatDependOnTheOrderAreATie(String one, String other, String choices) {
        List<RuleWarning> warnings = warnings(rule("A", 0, "Request( hour < 6 )", one + ";"),
                rule("B", 0, "Request( user == \"ann\" )", other + ";"));

        assertThat(warnings).hasSize(choices == null ? 0 : 1)
                .allSatisfy(w -> assertThat(w.message()).contains("choose differently (" + choices + ")"));
    }

    @Test
    void rulesThatCanNotMatchTheSameRequestOrHaveAnotherSalienceAreNoTie() {
        assertThat(warnings(rule("A", 0, "Request( user == \"ann\", hour < 6 )", HAIKU),
                rule("B", 0, "Request( user == \"bob\" )", OPUS), rule("C", 0, "Request( user == \"ann\", hour > 6 )", OPUS),
                rule("D", 1, "Request( session == \"s\" )", OPUS))).isEmpty();
    }

    @Test
    void aRuleThatNeverTakesPartIsToldWithTheOneThatHidesIt() {
        assertThat(warnings(rule("Nights", 50, "Request( hour < 6 )", HAIKU),
                rule("Ann at night", 20, "Request( user == \"ann\", hour < 3 )", OPUS)))
                .containsExactly(new RuleWarning("x.drl", 8, "Ann at night", "x.drl", 1, "Nights",
                        "\"Ann at night\" can never take part: whenever it matches, \"Nights\" matches too, is tried "
                                + "first and decides.",
                        "Give \"Ann at night\" a salience above 50, narrow \"Nights\", or remove \"Ann at night\"."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "Request(); Request( hour < 3 )", "Request( flags contains \"a\" ); Request( hour < 3, flags contains \"a\" )",
            "Request( user in ( \"a\", \"b\" ) ); Request( user == \"b\" )",
            "Request( prompt contains \"bill\" ); Request( prompt contains \"billing\" )",
            "Request( user != \"ann\" ); Request( user == \"bob\" )",
            "Request( hour < 6 || dayOfWeek == \"SUNDAY\" ); Request( dayOfWeek == \"SUNDAY\", user == \"a\" )",
            "not Request( user == \"ann\" ); Request( user == \"bob\" )",
            "Request( hour < 6 ) or Request( hour >= 6 ); Request( agentId == \"x\" )",
            "Request( user not in ( \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" ) ); Request( user == \"z\" )",
            "Request( metadata[\"a\"] != null ); Request( metadata[\"a\"] == \"x\" )"})
    void whateverAnEarlierDecisionCoversIsHidden(String earlier, String later) {
        assertThat(warnings(rule("A", 1, earlier, DENY), rule("B", 0, later, "$route.category(\"c\");")))
                .extracting(RuleWarning::rule, RuleWarning::line, RuleWarning::otherRule, RuleWarning::otherLine)
                .containsExactly(tuple("B", 8, "A", 1));
    }

    @Test
    void nothingIsHiddenByALaterRuleOneThatDoesNotDecideOrOneThatCoversLess() {
        assertThat(warnings(rule("fence", 9, "Request()", NOT_OPUS), rule("late", 1, "Request( hour < 6 )", HAIKU),
                rule("part", 8, "Request( hour < 3, user == \"ann\" )", OPUS),
                rule("early", 7, "Request( hour < 3 )", DENY))).isEmpty();
    }

    @Test
    void rowsOfOneTableAreNoTieAndAreHiddenByRow() {
        List<Rule> rows = inTable(read("x.drl", rule("low", 0, "Request( tokenCount > 100 )", HAIKU),
                rule("user", 0, "Request( user == \"ann\" )", OPUS), rule("high", 0, "Request( tokenCount > 900 )", OPUS)));

        assertThat(Warnings.of(rows)).containsExactly(new RuleWarning("prices.drl.csv", 15, "high", "prices.drl.csv", 1,
                "low", "Row 15 can never take part: whenever it matches, row 1 matches too, is tried first and decides.",
                "Move row 15 above row 1, or remove it."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "hour > 24; hour > 24 is never true.; Hours go from 0 to 23. Mend this condition, or remove the rule.",
            "inlet == \"mail\"; inlet == \"mail\" is never true.; The inlet is file, http or queue. Mend this condition, or remove the rule.",
            "session == \"s\", user == \"a\", user == \"b\"; user == \"a\" and user == \"b\" are never true of one request.; "
                    + "Write || between them if one is enough, or remove one of them.",
            "tokenCount > 5 && tokenCount < 3; tokenCount > 5 and tokenCount < 3 are never true of one request.; "
                    + "Write || between them if one is enough, or remove one of them.",
            "user == agentId, hour < 5, hour != 3, hour > 2, hour != 4; its conditions contradict each other.; "
                    + "Remove one of them, or remove the rule."})
    void aRuleThatCanNeverMatchSaysWhichConditionsAreAtFault(String condition, String message, String fix) {
        List<RuleWarning> warnings = warnings(rule("R", 0, "Request( " + condition + " )", HAIKU),
                rule("always", 0, "Request()", OPUS));

        assertThat(warnings).containsExactly(new RuleWarning("x.drl", 1, "R", null, 0, null,
                "It can never match: " + message, fix));
        assertThat(warnings.get(0).toString()).startsWith("x.drl:1 in rule \"R\": It can never match: ");
    }

    @Test
    void rulesThatAreNotEnabledAreLeftOut() {
        assertThat(warnings(rule("A", 0, "Request()", HAIKU), rule("B", 0, "Request( hour > 24 )", OPUS)
                .replace("salience 0", "salience 0 enabled false"))).isEmpty();
    }

    @Test
    void aHundredOfAKindAreToldAndHowManyMoreThereAre() {
        String[] rules = IntStream.range(0, 20).mapToObj(i -> rule("r" + i, 0, "Request( metadata[\"m" + i
                + "\"] == \"x\" )", "$route.category(\"c" + i + "\");")).toArray(String[]::new);

        List<RuleWarning> warnings = warnings(rules);

        assertThat(warnings).hasSize(101);
        assertThat(warnings.get(100)).hasToString("There are 90 more pairs of equal salience that choose differently. "
                + "Mend these first, then check again.");
    }

    @Test
    void moreRulesThanCanBeComparedAreSaidNotToHaveBeen() {
        List<Rule> rules = read("x.drl", IntStream.range(0, 30).mapToObj(i -> rule("r" + i, i % 2, "Request( hour > "
                + (i % 20) + ", user == \"u" + i + "\" )", i % 3 == 0 ? HAIKU : OPUS)).toArray(String[]::new));

        List<RuleWarning> warnings = Warnings.of(rules, 5);

        assertThat(warnings).extracting(RuleWarning::message).contains("These are too many rules to compare each with "
                + "each, so the rest was not looked through for pairs of equal salience that choose differently.");
        assertThat(Warnings.of(rules)).isEmpty();
    }

    @Test
    void theShippedDrlFileNeedsNoWarning() throws IOException {
        String shipped = Files.readString(Path.of("rules/routing.drl"));

        assertThat(Warnings.of(read("routing.drl", shipped))).isEmpty();
        assertThat(Warnings.of(read("routing.drl", shipped.replace("salience 70", "salience 80")))
                .stream().map(RuleWarning::toString).collect(Collectors.joining("\n")))
                .isEqualTo("routing.drl:15 in rule \"Urgent requests go to Opus, whoever asks\" and routing.drl:20 in rule "
                        + "\"Translations and summaries go to Haiku\": Both have salience 80, can match the same request "
                        + "and choose differently (claude-opus-5-5, claude-haiku-5-5); the first in this order wins. "
                        + "Give the one that should win a higher salience.");
    }

    @Test
    void theShippedRulesOfAllFormsHaveNone() throws IOException {
        assertThat(Warnings.of(shipped())).isEmpty();
    }

    private static List<Rule> shipped() throws IOException {
        Path folder = Path.of("rules");
        Map<String, String> dictionaries = Map.of("sentences.dsl", Files.readString(folder.resolve("sentences.dsl")));
        List<Rule> rules = new ArrayList<>();
        for (String file : List.of("departments.drl.csv", "newsletters.dslr", "routing.drl", "support.drl.xlsx")) {
            String text = file.endsWith(".xlsx") ? new String(Files.readAllBytes(folder.resolve(file)),
                    StandardCharsets.ISO_8859_1) : Files.readString(folder.resolve(file));
            ReadRules read = new DrlReader(Some.CATALOGUE).read(new RuleSource(file, text), dictionaries);
            assertThat(read.problems()).isEmpty();
            assertThat(read.rules()).isNotEmpty();
            rules.addAll(read.rules());
        }
        return rules;
    }
}
