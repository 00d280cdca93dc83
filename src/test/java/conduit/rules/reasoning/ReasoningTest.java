package conduit.rules.reasoning;

import conduit.rules.condition.Condition;
import conduit.rules.condition.ConditionParser;
import conduit.rules.condition.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ReasoningTest {

    static Condition read(String condition) {
        try {
            return ConditionParser.parse(condition, new HashMap<>());
        } catch (Fault e) {
            throw new AssertionError(condition + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "tokenCount > 5 && tokenCount < 3", "tokenCount > 5 && tokenCount < 6", "tokenCount == 5.5",
            "tokenCount < 0", "hour > 23", "hour < 0", "hour in ( 24, 30 )", "hour != 3 && hour == 3",
            "hour > 3 && !( hour > 2 )", "dailySpendUsd < 0", "dailySpendUsd > 2 && dailySpendUsd <= 2",
            "tokenCount == null", "!( tokenCount >= 0 )", "user == \"a\" && user == \"b\"",
            "user == \"a\" && user == null", "user == null && user contains \"x\"",
            "user in ( \"a\", \"b\" ) && user != \"a\" && user not in ( \"b\", \"c\" )",
            "user == \"annabel\" && user not contains \"nab\"", "user == \"ann\" && user str[startsWith] \"b\"",
            "user str[startsWith] \"ab\" && user str[startsWith] \"b\"", "user contains \"abc\" && user not contains \"b\"",
            "user == \"annabel\" && user not matches \"an+.*\"", "user matches \"a.*\" && user matches \"b.*\"",
            "user matches \"ann\" && user == \"bob\"", "user not contains \"\" && user contains \"x\"",
            "prompt == null", "prompt contains \"x\" && message not contains \"x\"", "prompt not matches \"(?s).*\"",
            "inlet == \"mail\"", "inlet != \"http\" && inlet != \"file\" && inlet != \"queue\"",
            "inlet contains \"z\"", "dayOfWeek == null", "dayOfWeek str[startsWith] \"X\"",
            "dayOfWeek not in ( \"MONDAY\", \"TUESDAY\", \"WEDNESDAY\", \"THURSDAY\", \"FRIDAY\" ) && dayOfWeek not str[startsWith] \"S\"",
            "flags contains \"x\" && flags excludes \"x\"", "flags contains \"x\" && flags not contains \"x\"",
            "user == agentId && user != agentId", "tokenCount > hour && hour >= tokenCount",
            "flags contains user && user not memberOf flags",
            "metadata[\"team\"] == \"a\" && metadata[\"team\"] == \"b\"",
            "( user == \"a\" || user == \"b\" ) && ( user == \"c\" || user == \"d\" )",
            "!( user == \"a\" || user != \"a\" )", "hour < 6 && !( hour < 3 || hour >= 3 )"})
    void whatCanNeverHoldIsKnown(String condition) {
        assertThat(Reasoning.canHold(read(condition))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "tokenCount > 5 && tokenCount < 7", "dailySpendUsd > 2 && dailySpendUsd < 2.000000001", "hour == 0",
            "user == \"a\" || user == \"b\"", "user != \"a\" && user == null", "user != \"a\" && user != null",
            "user str[startsWith] \"ab\" && user str[startsWith] \"a\" && user str[endsWith] \"x\"",
            "user contains \"abc\" && user contains \"b\" && user != \"abc\"", "user matches \"a.*\" && user != \"a\"",
            "user not contains \"x\" && user not matches \".*\"", "system == \"\"", "prompt not matches \".*\"",
            "flags contains \"x\" && flags contains \"y\" && flags excludes \"z\"", "inlet contains \"e\"",
            "user == agentId && user == session", "metadata[\"a\"] == \"x\" && metadata[\"b\"] == \"y\"",
            "!( hour < 6 && user == \"a\" )", "dayOfWeek str[startsWith] \"S\""})
    void whatCanHoldIsNeverCalledImpossible(String condition) {
        assertThat(Reasoning.canHold(read(condition))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "tokenCount > 50 ; tokenCount > 5", "tokenCount > 4 ; tokenCount >= 5", "hour < 3 ; hour < 3 || user == \"a\"",
            "hour in ( 1, 2 ) ; hour >= 1 && hour <= 2", "hour > 3 ; hour != 3", "user == \"a\" ; hour <= 23",
            "user == \"annabel\" ; user str[startsWith] \"ann\" && user contains \"nab\" && user matches \"an+abel\"",
            "user == \"annabel\" ; user != \"bob\"", "user == \"a\" ; user != null", "user == \"a\" ; user in ( \"b\", \"a\" )",
            "user contains \"abc\" ; user contains \"b\"", "user str[startsWith] \"abc\" ; user contains \"bc\"",
            "user str[endsWith] \"abc\" ; user str[endsWith] \"c\"", "user contains \"a\" ; user != null",
            "user not contains \"b\" ; user not contains \"abc\"", "user not contains \"b\" ; user != \"abc\"",
            "user == null ; user not contains \"b\"", "user str[startsWith] \"a\" ; user not str[startsWith] \"b\"",
            "message contains \"abc\" ; prompt contains \"b\"", "prompt matches \"(?is)x.*y\" ; prompt matches \"(?is)x.*y\"",
            "prompt matches \".*invoice.*\" ; prompt contains \"voice\"",
            "prompt contains \"invoice\" ; prompt matches \"(?s:.*)(?:voice)(?s:.*)\"",
            "prompt matches \"(?s).*invoice.*\" ; prompt matches \"(?s).*voice.*\"",
            "dayOfWeek == \"SUNDAY\" ; dayOfWeek in ( \"SATURDAY\", \"SUNDAY\" )",
            "dayOfWeek != \"SUNDAY\" && dayOfWeek != \"SATURDAY\" ; dayOfWeek not str[startsWith] \"S\"",
            "flags contains \"a\" && flags contains \"b\" ; flags contains \"b\"", "inlet != \"file\" ; inlet in ( \"http\", \"queue\" )",
            "user == agentId && hour < 3 ; agentId == user", "tokenCount < hour ; hour > tokenCount",
            "( user == \"a\" || user == \"b\" ) && hour < 3 ; user in ( \"a\", \"b\", \"c\" ) && hour < 4",
            "hour < 3 ; hour < 2 || hour >= 2", "hour < 9 ; ( hour < 9 && user == \"a\" ) || user != \"a\"",
            "user == \"a\" && user == \"b\" ; hour == 3"})
    void whatFollowsIsKnown(String one, String other) {
        assertThat(Reasoning.implies(read(one), read(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "tokenCount > 5 ; tokenCount > 50", "hour < 3 ; user == \"a\"", "user != \"bob\" ; user != null",
            "user contains \"b\" ; user contains \"abc\"", "user != \"a\" ; user == \"b\"",
            "user not contains \"abc\" ; user not contains \"b\"", "prompt contains \"a\" ; prompt matches \".*a.*\"",
            "user not contains \"x\" ; user contains \"\"", "prompt matches \"(?i)a\" ; prompt matches \"a\"",
            "flags contains \"a\" ; flags excludes \"b\"", "user == agentId ; user != null",
            "metadata[\"a\"] == \"x\" ; metadata[\"b\"] == \"x\"", "user == \"a\" || hour < 3 ; user == \"a\""})
    void whatDoesNotFollowIsNeverSaidTo(String one, String other) {
        assertThat(Reasoning.implies(read(one), read(other))).isFalse();
    }

    @Test
    void twoConditionsMeetOnlyWhereOneRequestCanMeetBoth() {
        assertThat(Reasoning.canBoth(read("user == \"a\" && hour < 5"), read("user != \"b\" && hour > 3"))).isTrue();
        assertThat(Reasoning.canBoth(read("user == \"a\" && hour < 5"), read("user != \"b\" && hour > 4"))).isFalse();
    }

    @Test
    void moreAlternativesThanCanBeComparedGiveNoProofAndNoWrongOne() {
        String many = IntStream.range(0, 12).mapToObj(i -> "( metadata[\"a" + i + "\"] == \"x\" || metadata[\"b" + i
                + "\"] == \"y\" )").collect(Collectors.joining(" && "));
        Condition condition = read(many);

        assertThat(Reasoning.canHold(condition)).isTrue();
        assertThat(Reasoning.implies(read("hour < 3"), condition)).isFalse();
        assertThat(Reasoning.canHold(new Condition.All(List.of(condition, read("hour > 24"))))).isFalse();
    }
}
