package conduit.rules.engine;

import conduit.Some;
import conduit.rules.condition.Condition;
import conduit.rules.condition.ConditionParser;
import conduit.rules.condition.Fault;
import conduit.rules.condition.Truth;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleProblem;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a condition's tree says of a request is what the engine says, whatever the sender left out. */
class ConditionTruthTest {

    private static final int RULES = 60;
    private static final int REQUESTS = 50;

    /** Rules that all hold where their condition does. */
    private static List<Rule> rules(List<Condition> conditions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < conditions.size(); i++) {
            text.append(Deciding.rule(Integer.toString(i), 0, RandomRules.drl(conditions.get(i)),
                    "$route.category(\"c\");"));
        }
        ReadRules read = new DrlReader(Some.CATALOGUE).read(new RuleSource("x.drl", text.toString()), Map.of());
        assertThat(read.problems()).isEmpty();
        return read.rules();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theTreeSaysWhatTheEngineSays(long seed) {
        RandomRules chance = new RandomRules(seed);
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            conditions.add(chance.outside(2));
        }
        List<Rule> rules = rules(conditions);
        RuleSet engine = new RuleSet("v", rules, RuleSet.Bounds.DEFAULT);
        for (int i = 0; i < REQUESTS; i++) {
            Request request = chance.request();
            List<String> fired = engine.decide(request).fired();
            for (int rule = 0; rule < RULES; rule++) {
                assertThat(fired.contains(Integer.toString(rule)) ? Truth.TRUE : Truth.FALSE)
                        .as("what the engine says of %s", RandomRules.drl(conditions.get(rule)))
                        .isEqualTo(rules.get(rule).condition().on(request))
                        .isEqualTo(conditions.get(rule).on(request));
            }
        }
    }

    /** The engine keeps what it knows between decisions; what held before must not be old news to it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Request()", "Request( user == \"ann\" )", "not Request( user == \"bob\" )",
            "not( Request( user == \"bob\" ) )", "exists Request( user == \"ann\" )", "exists Request()",
            "( Request() or Request( user == \"bob\" ) )", "( not Request( user == \"bob\" ) or Request() )",
            "not( not( Request() ) )", "Request( $u : user )", "not Request( user == \"bob\" || !( user == \"ann\" ) )"})
    void aRuleHoldsAgainForTheNextRequest(String condition) {
        RuleSet rules = Deciding.compile(Deciding.when(condition));
        rules.warmUp();

        for (int i = 0; i < 3; i++) {
            assertThat(Deciding.ask(rules, "{'prompt':'x','user':'ann'}").model()).isEqualTo("claude-opus-5-5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not Request()", "( not Request() or Request( user == \"bob\" ) )"})
    void aRuleThatNeverHoldsDecidesNothing(String condition) {
        assertThat(Deciding.ask(Deciding.compile(Deciding.when(condition)), "{'prompt':'x'}").model()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hour > 0, ", "hour < 0 || ", "hour > 0 && ", "( hour in ( 0LIST ) || user == \"ann\" ), ",
            "( user in ( \"a\"TEXTS ) || hour > 0 ), ", "!( user in ( \"a\"TEXTS ) ), "})
    void asManyComparisonsAsARuleMayHoldAreAsked(String one) {
        String many = one.contains(" ( 0") || one.contains("TEXTS") ? one.replace("LIST", ", 1".repeat(490))
                .replace("TEXTS", ", \"b\"".repeat(490)) : one.repeat(499);
        String condition = "Request( " + many + "user == \"ann\" )";

        assertThat(Deciding.ask(Deciding.compile(Deciding.when(condition)), "{'prompt':'x','user':'ann'}").model())
                .isEqualTo("claude-opus-5-5");
        assertThat(new RuleCompiler(Some.CATALOGUE).check(Deciding.when(condition.replace("Request( ",
                "Request( " + "hour > 0, ".repeat(20))))).extracting(RuleProblem::message)
                .containsExactly("The rule compares with more than 500 values.");
    }

    @Test
    void aConditionReadsAsItIsPrinted() throws Fault {
        RandomRules chance = new RandomRules(4);
        for (int i = 0; i < 5_000; i++) {
            Condition condition = chance.inside(3);

            assertThat(ConditionParser.parse(condition.drl(), new HashMap<>())).isEqualTo(condition);
        }
    }
}
