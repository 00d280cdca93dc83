package conduit.rules.engine;

import conduit.Some;
import conduit.request.LlmRequest;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.compile;
import static conduit.rules.engine.Deciding.rule;
import static org.assertj.core.api.Assertions.assertThat;

/** A set of several chunks decides as one; a decision over its bounds gives up. */
class RuleSetTest {

    private static final String DENY = "$route.deny(\"no\");";

    /** Rules that match a user each: u0 has the highest rank. */
    private static RuleSource users(int count, int sameSalience) {
        return new RuleSource("users.drl", String.join("", IntStream.range(0, count).mapToObj(i -> rule("u" + i,
                (count - i) / sameSalience, "Request( user == \"u" + i + "\" || flags contains \"all\" )",
                "$route.to(\"claude-haiku-5-5\", \"u" + i + "\");")).toList()));
    }

    @Test
    void eachRuleOfALargeSetIsAskedWhereverItsChunkIs() {
        RuleSet rules = compile(users(250, 1));

        for (int i : new int[] {0, 99, 100, 101, 199, 200, 249}) {
            assertThat(ask(rules, "{'prompt':'x','user':'u" + i + "'}").fired()).containsExactly("u" + i);
        }
        assertThat(ask(rules, "{'prompt':'x','user':'nobody'}").fired()).isEmpty();
        assertThat(ask(rules, "{'prompt':'x','flags':['all']}").fired()).containsExactly("u0");
    }

    @Test
    void aTieOverTheEdgeOfAChunkGoesToTheOrderInTheFile() {
        RuleSet rules = compile(new RuleSource("first.drl", users(90, 1000).text()), new RuleSource("second.drl",
                users(90, 1000).text().replace("\"u", "\"second u")));

        assertThat(ask(rules, "{'prompt':'x','flags':['all']}").fired()).containsExactly("u0");
        assertThat(ask(rules, "{'prompt':'x','user':'second u30'}").fired()).containsExactly("second u30");
    }

    @Test
    void fencesAndCategoriesOfOneChunkHoldInTheNext() {
        RuleSet rules = compile(new RuleSource("a.drl", rule("fence", 9000, "Request()",
                "$route.among(\"house\", \"claude-haiku-5-5\", \"claude-opus-5-5\"); $route.category(\"first\");")),
                users(150, 1), new RuleSource("z.drl", rule("late", -1, "Request()",
                        "$route.among(\"late\", \"claude-opus-5-5\"); $route.category(\"second\");")));
        RuleOutcome outcome = ask(rules, "{'prompt':'x'}");

        assertThat(outcome.among()).containsExactly("claude-opus-5-5");
        assertThat(outcome.amongReason()).isEqualTo("house; late");
        assertThat(outcome.category()).isEqualTo("first");
        assertThat(outcome.fired()).containsExactly("fence", "late");
    }

    @Test
    void aRuleThatHoldsInTwoWaysTakesPartOnce() {
        RuleOutcome outcome = ask(compile(Deciding.when("( Request( hour == 12 ) or Request( user == \"ann\" ) )"),
                new RuleSource("y.drl", rule("fence", 5, "( Request( hour == 12 ) or Request( user == \"ann\" ) )",
                        "$route.among(\"once\", \"claude-opus-5-5\");"))), "{'prompt':'x','user':'ann'}");

        assertThat(outcome.amongReason()).isEqualTo("once");
        assertThat(outcome.fired()).containsExactly("fence", "R");
    }

    @Test
    void manyThreadsGetTheSameAnswersAsOne() {
        RuleSet rules = compile(users(250, 1));

        assertThat(IntStream.range(0, 1000).parallel().allMatch(i -> ask(rules, "{'prompt':'x','user':'u" + i % 300
                + "'}").fired().equals(i % 300 < 250 ? List.of("u" + i % 300) : List.of()))).isTrue();
    }

    /** A clock that stands still for a while and then is far too late. */
    private static RuleSet late(int looks, RuleSource... sources) {
        AtomicLong asked = new AtomicLong();
        List<Rule> rules = java.util.Arrays.stream(sources).flatMap(s -> new DrlReader(Some.CATALOGUE)
                .read(s, Map.of()).rules().stream()).toList();
        return new RuleSet("v", rules, new RuleSet.Bounds(Duration.ofSeconds(1),
                () -> asked.getAndIncrement() < looks ? 0 : Duration.ofMinutes(1).toNanos()));
    }

    @Test
    void aDecisionOverItsTimeGivesUpWithWhatWasSaidUntilThen() {
        RuleSource fence = new RuleSource("a.drl", rule("fence", 9000, "Request()",
                "$route.among(\"house\", \"claude-opus-5-5\");"));
        RuleOutcome outcome = ask(late(3, fence, users(250, 1)), "{'prompt':'x','user':'u249'}");

        assertThat(outcome.gaveUp().why()).isEqualTo("The rules took more than 1000 ms for one request.");
        assertThat(outcome.gaveUp().couldFence()).isFalse();
        assertThat(outcome.model()).isNull();
        assertThat(outcome.among()).containsExactly("claude-opus-5-5");
    }

    @Test
    void whereARuleThatWasNotAskedCouldDenyTheOutcomeSaysSo() {
        RuleSet rules = late(1, users(250, 1), new RuleSource("z.drl", rule("deny", -1, "Request()", DENY)));

        assertThat(ask(rules, "{'prompt':'x','user':'u249'}").gaveUp().couldFence()).isTrue();
    }

    @Test
    void anExpressionThatTakesTooLongIsNamedWithItsRule() {
        RuleSource slow = new RuleSource("slow.drl", rule("Slow one", 5, "Request( prompt matches \".*([a-z]+[0-9]?)+x\" )",
                "$route.to(\"claude-opus-5-5\", \"x\");"));
        LlmRequest request = Some.request("{'prompt':'" + "abx".repeat(20_000) + "a'}");
        RuleOutcome outcome = late(3, slow).decide(new Request(request, new Circumstances(1, 12, DayOfWeek.MONDAY,
                BigDecimal.ZERO, BigDecimal.ZERO, true)));

        assertThat(outcome.gaveUp().why())
                .isEqualTo("The rules took more than 1000 ms for one request, at slow.drl:1 in rule \"Slow one\".");
    }

    @Test
    void aTextThatWasNotKeptIsNeededOnlyWhereTheDecisionHangsOnIt() {
        RuleSet rules = compile(new RuleSource("a.drl", rule("first", 3, "Request( user == \"ann\" )", DENY)
                + rule("text", 2, "Request( agentType == \"chat\", prompt contains \"x\" )", DENY)
                + rule("last", 1, "Request( prompt contains \"x\" || hour == 12 )", DENY)));

        assertThat(needs(rules, "'user':'ann','agent':{'type':'chat'}", 12)).as("an earlier rule decides").isFalse();
        assertThat(needs(rules, "'agent':{'type':'chat'}", 12)).as("the text could decide").isTrue();
        assertThat(needs(rules, "'agent':{'type':'batch'}", 12)).as("the rule fails anyway").isFalse();
        assertThat(needs(rules, "'agent':{'type':'batch'}", 11)).as("only the text is left").isTrue();
    }

    private static boolean needs(RuleSet rules, String request, int hour) {
        return rules.needsTexts(new Request(Some.request("{'prompt':'-'," + request + "}"), new Circumstances(1, hour,
                DayOfWeek.MONDAY, BigDecimal.ZERO, BigDecimal.ZERO, false)));
    }

    @Test
    void eachRuleSaysWhatItHadToDoWithTheDecision() {
        RuleSet rules = compile(new RuleSource("a.drl", rule("fence", 9, "Request( hour >= 12 )",
                "$route.among(\"house\", \"claude-opus-5-5\");")
                + rule("long", 8, "Request( tokenCount > 50, user == \"ann\" )", DENY)
                + rule("either", 7, "Request( user == \"bob\" || metadata[\"team\"] == \"red\" )", DENY)
                + rule("none", 6, "not Request( inlet == \"http\" )", DENY)
                + rule("decides", 5, "Request()", DENY) + rule("too late", 4, "Request()", DENY)
                + rule("off", 3, "Request()", DENY).replace("salience 3", "salience 3 enabled false")));
        LlmRequest request = Some.request("{'prompt':'x','user':'ann','metadata':{'team':'blue'}}");
        List<RuleTrace> traces = rules.explain(new Request(request, Circumstances.of(request, Deciding.NOON,
                BigDecimal.ZERO, BigDecimal.ZERO)));

        assertThat(traces).extracting(RuleTrace::rule, RuleTrace::role).containsExactly(
                org.assertj.core.groups.Tuple.tuple("fence", "took part"),
                org.assertj.core.groups.Tuple.tuple("long", "did not match"),
                org.assertj.core.groups.Tuple.tuple("either", "did not match"),
                org.assertj.core.groups.Tuple.tuple("none", "did not match"),
                org.assertj.core.groups.Tuple.tuple("decides", "decided"),
                org.assertj.core.groups.Tuple.tuple("too late", "not asked"),
                org.assertj.core.groups.Tuple.tuple("off", "not enabled"));
        assertThat(traces.get(1).failed().condition()).isEqualTo("tokenCount > 50");
        assertThat(traces.get(1).failed().facts()).isEqualTo(Map.of("tokenCount", 1));
        assertThat(traces.get(2).failed().condition()).isEqualTo("user == \"bob\" || metadata[\"team\"] == \"red\"");
        assertThat(traces.get(2).failed().facts()).isEqualTo(Map.of("user", "ann", "metadata[\"team\"]", "blue"));
        assertThat(traces.get(3).failed().condition()).isEqualTo("!( inlet == \"http\" )");
        assertThat(traces.get(3).line()).isEqualTo(22);
    }
}
