package conduit.rules.engine;

import conduit.Some;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static conduit.rules.engine.Deciding.ask;
import static conduit.rules.engine.Deciding.compile;
import static conduit.rules.engine.Deciding.when;
import static org.assertj.core.api.Assertions.assertThat;

/** The forms that authors may use say what they seem to say. */
class GoodRuleTest {

    private static final String REQUEST = "{'prompt':'A \\\\ \\\"b\\\"\\nc','system':'s','user':'ann','session':'x',"
            + "'category':'c','flags':['one','two'],'agent':{'id':'i','type':'t'},'metadata':{'team':'red','n':7}}";

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            tokenCount > 2                          ~ true
            tokenCount >= 3 && tokenCount <= 3      ~ true
            tokenCount < 3                          ~ false
            tokenCount > -1                         ~ true
            user == "ann"                           ~ true
            user == 'ann'                           ~ true
            user != "ann"                           ~ false
            user == "ann", category == "c"          ~ true
            user == "bob" || category == "c"        ~ true
            ( user == "bob" || category == "c" ) && hour == 12 ~ true
            !( user == "ann" )                      ~ false
            user in ( "bob", "ann" )                ~ true
            user not in ( "bob", "ann" )            ~ false
            flags contains "two"                    ~ true
            flags contains "tw"                     ~ false
            flags not contains "two"                ~ false
            flags excludes "three"                  ~ true
            user memberOf flags                     ~ false
            user not memberOf flags                 ~ true
            prompt matches "(?s)A.*c"               ~ true
            prompt matches "A"                      ~ false
            prompt not matches "A"                  ~ true
            prompt contains "b"                     ~ true
            prompt == "A \\\\ \\"b\\"\\nc"          ~ true
            message == "A \\\\ \\"b\\"\\nc"         ~ true
            prompt str[startsWith] "A"              ~ true
            prompt str[endsWith] "A"                ~ false
            metadata["team"] == "red"               ~ true
            metadata["team"] == "blue"              ~ false
            metadata["none"] == null                ~ true
            metadata["n"] == "7"                    ~ true
            dailySpendUsd > 1.4 && dailySpendUsd < 1.6 ~ true
            monthlySpendUsd >= 20                   ~ true
            dayOfWeek == "SATURDAY"                 ~ true
            inlet == "http"                         ~ true
            id == "r-1" && project == "default"     ~ true
            agentId == "i", agentType == "t"        ~ true
            system == "s", session == "x"           ~ true
            category == null                        ~ false
            $u : user, $u == "ann"                  ~ true
            """)
    void aConditionHoldsOrDoesNot(String condition, boolean holds) {
        assertThat(ask(compile(when("Request( " + condition + " )")), REQUEST).model())
                .isEqualTo(holds ? "claude-opus-5-5" : null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Request()                                                | true
            not Request( user == "bob" )                             | true
            exists Request( user == "ann" )                          | true
            not( Request( user == "ann" ) )                          | false
            ( Request( user == "bob" ) or Request( hour == 12 ) )    | true
            Request( user == "ann" ) and Request( hour == 12 )       | true
            Request( $u : user ) Request( user == $u )               | true
            Request( user == "//" ) // not what it seems             | false
            """)
    void patternsAreCombined(String pattern, boolean holds) {
        assertThat(ask(compile(when(pattern)), REQUEST).model()).isEqualTo(holds ? "claude-opus-5-5" : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "// only a comment\n", "/* and\n another */", "package mine;\n"})
    void aFileWithoutRulesIsNoProblem(String text) {
        assertThat(new RuleCompiler(Some.CATALOGUE).check(new RuleSource("x.drl", text))).isEmpty();
        assertThat(ask(compile(new RuleSource("x.drl", text)), REQUEST).fired()).isEmpty();
    }

    @Test
    void aFileFromWindowsReadsTheSame() {
        RuleSource source = when("Request( user == \"ann\" ) // here");

        assertThat(ask(compile(new RuleSource("x.drl", source.text().replace("\n", "\r\n"))), REQUEST).model())
                .isEqualTo("claude-opus-5-5");
    }

    @Test
    void aReasonMayHoldWhatLooksLikeCode() {
        String reason = "// no /* comment */ \\\"quoted\\\" \\\\ System.exit(1); end";
        RuleSource source = new RuleSource("x.drl", Deciding.rule("R", 1, "/* why */ Request()",
                "// first\n /* then */ $route.deny(\"" + reason + "\"); // last"));

        assertThat(ask(compile(source), REQUEST).reason())
                .isEqualTo("// no /* comment */ \"quoted\" \\ System.exit(1); end");
    }

    @Test
    void aRuleThatIsNotEnabledDoesNothing() {
        RuleSource source = when("Request()");

        assertThat(ask(compile(new RuleSource("x.drl", source.text().replace("salience 0", "enabled false"))), REQUEST)
                .fired()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata[\"team\"] matches \"r.*\"",
            "metadata[\"n\"] matches \"r.*\"", "metadata[\"n\"] == \"5\""})
    void whatASenderPutsIntoMetadataNeverBreaksTheOtherRules(String condition) {
        RuleSet rules = compile(when("Request( " + condition + " )"), new RuleSource("y.drl",
                Deciding.rule("Deny", -5, "Request()", "$route.category(\"kept\");")));

        assertThat(ask(rules, "{'prompt':'x','metadata':{'n':'text','team':{'a':1}}}").category()).isEqualTo("kept");
        assertThat(ask(rules, "{'prompt':'x'}").category()).isEqualTo("kept");
    }

    @Test
    void aNumberThatFitsNoFieldNeverBreaksTheOtherRules() {
        RuleSource huge = when("Request( tokenCount > 99999999999 )");

        assertThat(new RuleCompiler(Some.CATALOGUE).check(huge)).isNotEmpty();
    }
}
