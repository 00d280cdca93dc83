package conduit.rules.form.table;

import conduit.json.Json;
import conduit.rules.engine.Deciding;
import conduit.rules.engine.RuleInfo;
import conduit.rules.engine.RuleSet;
import conduit.rules.text.Expansion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static conduit.rules.form.table.Tabled.ask;
import static conduit.rules.form.table.Tabled.compiled;
import static conduit.rules.form.table.Tabled.csv;
import static conduit.rules.form.table.Tabled.oneAction;
import static conduit.rules.form.table.Tabled.oneCondition;
import static org.assertj.core.api.Assertions.assertThat;

/** A table in CSV says what its author sees in the cells. */
class TablesTest {

    private static final String TABLE = """
            A remark,,,,
            ,,,,
            RuleTable Teams,,,,
            NAME,CONDITION,CONDITION,ACTION,PRIORITY
            ,Request,Request,,
            ,tokenCount > $param,"agentType == ""$param""\","$route.to(""$1"", ""$2"");",
            Rule,Size,Agent,Model and reason,
            Long research,50000.0,research,"claude-opus-5-5, long one",20
            ,,research,"claude-sonnet-5-5, ""short, but research""\",
            """;

    @Test
    void eachRowIsARuleAndEachLineTellsItsRow() {
        Expansion expansion = csv(TABLE);

        assertThat(expansion.problems()).isEmpty();
        assertThat(expansion.drl()).isEqualTo("""
                rule "Long research"  salience 20
                when  $route : Route()  Request( agentType == "research", tokenCount > 50000 )
                then  $route.to("claude-opus-5-5", "long one");
                end

                rule "Teams, row 9"
                when  $route : Route()  Request( agentType == "research" )
                then  $route.to("claude-sonnet-5-5", "short, but research");
                end

                """);
        assertThat(expansion.lines()).containsExactly(8, 8, 8, 8, 0, 9, 9, 9, 9, 0);
        assertThat(expansion.line(6)).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void everySeparatorOfASpreadsheetIsRead(String separator) {
        String table = "RuleTable T\nCONDITION,ACTION\nRequest,\nagentType,$route.category(\"$param\")\n,\nresearch,legal\n"
                .replace(",", separator);

        assertThat(ask(table, "{'prompt':'x','agent':{'type':'research'}}").category()).isEqualTo("legal");
        assertThat(ask("\uFEFF" + table.replace("\n", "\r\n"), "{'prompt':'x','agent':{'type':'research'}}").category())
                .isEqualTo("legal");
        assertThat(csv("sep=" + separator + "\n" + table).line(1)).isEqualTo(7);
    }

    @Test
    void aSemicolonInTextsDoesNotHideTheSeparator() {
        assertThat(csv(TABLE.replace("A remark", "a; b; c; d; e; f")).drl()).isEqualTo(csv(TABLE).drl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"say \"hi\"", "\"hi\"", "back\\slash", "\\", "\\\"", "\\u0022", "it's", "\u201Ccurly\u201D",
            "${x} $1 $param",
        "x\" || true) eval(true) Request( id == \"", "two\nlines", "tab\tbed", "a, b", "// no remark", "/* none */",
                "end", "#", "C#",
        "a#b.c(d)", "..."})
    void aCellInQuotesIsTheTextThatItShows(String cell) {
        String request = Json.write(Map.of("prompt", cell)).replace("'", "\\u0027");

        for (String snippet : List.of("prompt == \"$param\"", "prompt == '$param'", "prompt ==",
                "user == \"$param\" || prompt == \"$param\"")) {
            RuleSet found = compiled(csv(oneCondition(snippet, cell)));

            assertThat(Deciding.ask(found, request).model()).isEqualTo("claude-opus-5-5");
            assertThat(Deciding.ask(found, "{'prompt':'other'}").fired()).isEmpty();
        }
        assertThat(ask(oneAction("$route.deny(\"$param\")", cell), "{'prompt':'x'}").reason()).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            tokenCount > $param              ~ 50000.0       ~ tokenCount > 50000
            tokenCount > $param              ~ -1            ~ tokenCount > -1
            dailySpendUsd >= $param          ~ 0.50          ~ dailySpendUsd >= 0.5
            tokenCount $param                ~ <= 500        ~ tokenCount <= 500
            tokenCount >                     ~ 7             ~ tokenCount > 7
            tokenCount                       ~ 7             ~ tokenCount == 7
            agentType                        ~ a             ~ agentType == "a"
            agentType !=                     ~ a             ~ agentType != "a"
            flags contains                   ~ a             ~ flags contains "a"
            metadata["team"]                 ~ a             ~ metadata["team"] == "a"
            agentType in                     ~ a             ~ agentType == "a"
            agentType in                     ~ a, b          ~ agentType == "a" || agentType == "b"
            agentType not in                 ~ a, b          ~ agentType != "a" && agentType != "b"
            hour in                          ~ 1, 2          ~ hour == 1 || hour == 2
            agentType in ( $param )          ~ "a", "b"      ~ agentType in ( "a", "b" )
            hour in ( $param )               ~ 1, 2          ~ hour in ( 1, 2 )
            agentType in ( forall(,){"$"} )  ~ a, "b, c"     ~ agentType in ( "a" , "b, c" )
            hour >= $1 && hour < $2          ~ 8, 18         ~ hour >= 8 && hour < 18
            user == $param                   ~ "ann"         ~ user == "ann"
            prompt matches ".*$param.*"      ~ \\bx\\b       ~ prompt matches ".*\\\\bx\\\\b.*"
            """)
    void cellsAreFittedIntoTheComparison(String snippet, String cell, String constraint) {
        Expansion expansion = csv(oneCondition(snippet, cell));

        assertThat(expansion.drl()).contains("Request( " + constraint + " )\n");
        assertThat(compiled(expansion).rules()).hasSize(1);
    }

    @Test
    void aDecimalCommaIsReadWhereTheSeparatorIsASemicolon() {
        String table = "RuleTable T\nCONDITION;ACTION\n;\ndailySpendUsd > $param;$route.category(\"$param\")\n;\n0,5;x\n";

        assertThat(csv(table).drl()).contains("Request( dailySpendUsd > 0.5 )");
        assertThat(Tabled.problem(csv(table.replace("0,5",
                "50.000")))).isEqualTo("t.drl.csv:6: Cell A6 holds \"50.000\": it is "
                + "neither a number nor a text in quotes. Write a number such as 50000 or 0.5, or write \"$param\" with its quotes "
                + "above the column.");
    }

    /** A German's 20.000 would be 20 where commas separate. */
    @Test
    void threeZerosBehindAPointAreToldWhateverSeparates() {
        String table = """
                RuleTable T,,
                CONDITION,ACTION,ACTION
                Request,,
                tokenCount >,"$route.to(""$param"",","'$param');"
                Size,Model,Reason
                20.000,claude-haiku-5-5,x
                """.replace("'", "\"\"");

        assertThat(Tabled.problem(csv(table))).startsWith("t.drl.csv:6: Cell A6 holds \"20.000\": ");
        assertThat(csv(table.replace("20.000", "20.0")).drl()).contains("tokenCount > 20 )");
    }

    @Test
    void whatTheEngineLooksUpComesFirstAndThePromptLast() {
        assertThat(csv("""
                RuleTable T,,,,,,,
                CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,CONDITION,ACTION
                prompt matches,prompt contains,flags contains,tokenCount >,"metadata[""a""]",agentType,x,x
                """.replace("prompt matches,", "Request...,...,...,...,...,...,...,\nprompt matches,").replace("x,x\n",
                "user !=,$route.category(\"$param\")\n,,,,,,,\nm,p,f,1,a,t,u,c\n")).drl())
                .contains("Request( agentType == \"t\", metadata[\"a\"] == \"a\", tokenCount > 1, user != \"u\", "
                        + "flags contains \"f\", prompt contains \"p\", prompt matches \"m\" )\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Request                 | user == "$param"                       | $route : Route()  Request( user == "a" )
            Request()               | user == "$param"                       | $route : Route()  Request( user == "a" )
            $request : Request()    | user == "$param"                       | $route : Route()  $request : Request( user == "a" )
            ''                      | user == "$param"                       | $route : Route()  Request( user == "a" )
            ''                      | Request( user == "$param" )            | $route : Route()  Request( user == "a" )
            ''                      | $route : Route() Request(user=="$param") | $route : Route() Request(user=="a")
            not Request             | user == "$param"                       | $route : Route()  not Request(user == "a")
            ''                      | not Request( user == "$param" )        | $route : Route()  not Request( user == "a" )
            """)
    void eachRuleHasTheRouteAndTheRequest(String object, String snippet, String when) {
        Expansion expansion = csv(oneCondition(snippet, "a").replaceFirst("\nRequest,", "\n" + object.replace("$",
                "\\$") + ","));

        assertThat(expansion.drl().lines().skip(1).findFirst()).contains("when  " + when);
        assertThat(compiled(expansion).rules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $route | to("$1", "$2")                      | claude-opus-5-5, why               | to("claude-opus-5-5", "why")
            ''     | to("$1", "$2");                     | claude-opus-5-5, "a, b"            | to("claude-opus-5-5", "a, b")
            ''     | $route.deny("no $param")            | cats, dogs                         | deny("no cats, dogs")
            ''     | $route.among("x", forall(,){"$"});  | claude-opus-5-5, claude-haiku-5-5  | among("x", "claude-opus-5-5" , "claude-haiku-5-5")
            ''     | $route.category("fixed");           | x                                  | category("fixed")
            """)
    void actionsAreCallsOfRoute(String object, String snippet, String cell, String call) {
        Expansion expansion = csv(oneAction(snippet, cell).replaceFirst("ACTION\n", "ACTION\n" + object.replace("$",
                "\\$")));

        assertThat(expansion.drl()).contains("then  $route." + call + ";\n");
        assertThat(compiled(expansion).rules()).hasSize(1);
    }

    @Test
    void theUpperRowWins() {
        String table = "RuleTable T\nCONDITION,ACTION\n,\nuser,$route.category(\"$param\")\n,\nann,first\n,second\n";
        String ann = "{'prompt':'x','user':'ann'}";

        assertThat(ask(table, ann).category()).isEqualTo("first");
        assertThat(ask(table, "{'prompt':'x'}").category()).isEqualTo("second");
        assertThat(ask(table.replace("\n,second\n", "\n,second\n,third\n,fourth\n"), ann).fired())
                .containsExactly("T, row 6", "T, row 7", "T, row 8", "T, row 9");
    }

    @Test
    void prioritiesGoBeforeTheOrderOfRows() {
        String table = "RuleTable T\nCONDITION,ACTION,SALIENCE\n,,\nuser,$route.category(\"$param\"),\n,,\nann,first,\n,second,5.0\n";

        assertThat(ask(table, "{'prompt':'x','user':'ann'}").category()).isEqualTo("second");
        assertThat(compiled(csv("PRIORITY,3\n" + table)).rules()).extracting(RuleInfo::salience).containsExactly(3, 5);
    }

    @Test
    void sequentialRowsHaveFallingPriorities() {
        String table = "RuleSet,Teams\nSequential,true\nSequentialMaxPriority,30\nRuleTable T\nACTION\n\n$route.category(\"$param\")\n\na\nb\n"
                + "\nRuleTable U\nACTION\n\n$route.category(\"$param\")\n\nc\n";

        assertThat(compiled(csv(table)).rules()).extracting(RuleInfo::name, RuleInfo::salience).containsExactly(
                org.assertj.core.groups.Tuple.tuple("T, row 9", 30), org.assertj.core.groups.Tuple.tuple("T, row 10",
                        29),
                org.assertj.core.groups.Tuple.tuple("U, row 17", 28));
    }

    @Test
    void twoTablesAreReadAndRemarksBesideAndBetweenThemAreNot() {
        Expansion expansion = csv("""
                ,RuleTable First,a remark
                ,ACTION
                ,
                ,"$route.category(""$param"")"
                ,Category
                see mail,one

                Last changed by Ann
                ,,RuleTable Second
                ,,NAME,CONDITION,ACTION,DESCRIPTION
                ,,,,
                ,,,user,"deny(""$param"")"
                ,,Rule,User,Reason
                ,,"No ""bob""\",bob,no,since 2025-11-21
                """);

        assertThat(compiled(expansion).rules()).extracting(RuleInfo::name).containsExactly("First, row 6",
                "No \"bob\"");
        assertThat(expansion.line(6)).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "WAHR,true", "FALSCH,false", "no,false", "'',true"})
    void aRowMayBeSwitchedOff(String cell, boolean fires) {
        String table = "RuleTable T\nACTION,ENABLED\n\n$route.category(\"$param\")\n\nc," + cell + "\n";

        assertThat(ask(table, "{'prompt':'x'}").fired()).hasSize(fires ? 1 : 0);
    }

    @Test
    void theLongestCellIsWrittenOutInFull() {
        String longest = "\"".repeat(Sheet.LONGEST_CELL);

        assertThat(csv(oneAction("$route.deny(\"$param\")", longest)).drl()).contains("deny(\""
                + "\\\"".repeat(Sheet.LONGEST_CELL) + "\");");
    }
}
