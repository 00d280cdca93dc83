package conduit.rules.form.table;

import conduit.rules.text.Expansion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

import static conduit.rules.form.table.Tabled.csv;
import static conduit.rules.form.table.Tabled.problem;
import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with a table is told with its cell, its value and the way out; nothing is dropped in silence. */
class BadTableTest {

    private static final String GOOD = """
            RuleSet,Teams,,,,
            RuleTable T,,,,,
            NAME,CONDITION,CONDITION,ACTION,PRIORITY,ENABLED
            ,Request,Request,,,
            ,agentType,tokenCount >,"$route.to(""$1"",""$2"")",,
            Rule,Agent,Size,Then,Priority,On
            One,research,500,"claude-opus-5-5,why",10,true
            Two,,,"claude-opus-5-5,why",,
            """;

    @Test
    void theGoodOneIsGood() {
        assertThat(csv(GOOD).problems()).isEmpty();
    }

    /** In the table ⏎ is a line end, ~ a tab and ∅ nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            RuleSet,Teams            | Import,java.io.File        | 1: Cell A1 holds "Import": this is not allowed
            RuleSet,Teams            | Functions,void f() {}      | 1: Cell A1 holds "Functions": this is not allowed
            RuleSet,Teams            | variables,List l           | 1: Cell A1 holds "variables": this is not allowed
            RuleSet,Teams            | Queries,query q            | 1: Cell A1 holds "Queries": this is not allowed
            RuleSet,Teams            | Declare,declare X          | 1: Cell A1 holds "Declare": this is not allowed
            RuleSet,Teams            | Unit,x.Y                   | 1: Cell A1 holds "Unit": this is not allowed
            RuleSet,Teams            | Dialect,mvel               | 1: Cell A1 holds "Dialect": this is not allowed
            RuleSet,Teams            | EscapeQuotes,false         | 1: Cell A1 holds "EscapeQuotes": this is not allowed
            RuleSet,Teams            | TIMER,1s                   | 1: Cell A1 holds "TIMER": this is not allowed
            RuleSet,Teams            | RuleSet,a;import b         | 1: Cell B1 holds "a;import b": it does not fit RuleSet.
            RuleSet,Teams            | Sequential,maybe           | 1: Cell B1 holds "maybe": it does not fit Sequential.
            RuleSet,Teams            | Priority,high              | 1: Cell B1 holds "high": it does not fit Priority.
            RuleSet,Teams            | Priority                   | 1: Cell B1 is empty: it does not fit Priority.
            RuleSet,Teams            | Sequential,true            | 3: Cell E3 holds "PRIORITY": row 1 says that the order
            RuleTable T              | RuleTable T,RuleTable U    | 2: Cell B2 holds "RuleTable U": it stands beside another
            NAME,CONDITION           | NAME,CONDITON              | 3: Cell B3 holds "CONDITON": this is not a heading
            NAME,CONDITION           | NAME,Comment               | 3: Cell B3 holds "Comment": this is not a heading
            NAME,CONDITION           | NAME,TIMER                 | 3: Cell B3 holds "TIMER": rules here have no such
            ,ENABLED                 | ,METADATA                  | 3: Cell F3 holds "METADATA": rules here have no such
            ,ENABLED                 | ,NO-LOOP                   | 3: Cell F3 holds "NO-LOOP": rules here have no such
            ,ENABLED                 | ,NAME                      | 3: Cell F3 holds "NAME": a table has only one such column.
            ,ACTION                  | ,CONDITION                 | 3: In row 3 no column of the table is headed ACTION.
            Request,Request          | Person,Request             | 4: Cell B4 holds "Person": conditions look at Request.
            Request,Request          | Request() from x,Request   | 4: Cell B4 holds "Request() from x": conditions look
            Request,Request,         | Request,Request,Runtime    | 4: Cell D4 holds "Runtime": above an action stands
            ,agentType,              | ,Request( user == "a" ),   | 5: Cell B5 holds "Request( user == "a" )": the cell above
            ,agentType,              | ,agentType == "$param,     | 5: Cell B5 holds "agentType == "$param": a quote is not
            ,agentType,              | ,agentType == “$param”,    | 5: Cell B5 holds "agentType == “$param”": its quotes are
            ,agentType,              | ,agentType // x,           | 5: Cell B5 holds "agentType // x": it holds a remark.
            ,agentType,              | ,user == "\\$param",       | 5: Cell B5 holds "user == "\\$param"": a backslash stands
            ,agentType,              | ,user == "$1$param",       | 5: Cell B5 holds "user == "$1$param"": it mixes markers
            ,agentType,              | ,user == "$1$3",           | 5: Cell B5 holds "user == "$1$3"": its numbered markers
            ,agentType,              | ,,                         | 5: Cell B5 is empty: nothing says what the cells below
            ,agentType,              | x,agentType,               | 5: Cell A5 holds "x": a column of the kind NAME needs
            ,agentType,              | ,agentType == $param,      | 7: Cell B7 holds "research": it is neither a number nor
            Rule,Agent,Size          | Rule,Agent,700             | 6: Cell C6 holds "700": this row is for labels, and it
            research,500             | research,5 )               | 7: Cell C7 holds "5 )": it is neither a number nor a text
            research,500             | research,many              | 7: Cell C7 holds "many": it is neither a number nor a text
            research,500             | research,"5,000"           | 7: Cell C7 holds "5,000": it is neither a number nor a
            "claude-opus-5-5,why",10 | "claude-opus-5-5",10       | 7: Cell D7 holds "claude-opus-5-5": it has 1 part, and
            "claude-opus-5-5,why",10 | "claude-opus-5-5,a,b",10   | 7: Cell D7 holds "claude-opus-5-5,a,b": it has 3 parts
            "claude-opus-5-5,why",10 | ",why",10                  | 7: Cell D7 holds ",why": nothing stands between two
            "claude-opus-5-5,why",10 | ,10                        | 7: This row does nothing, as none of its ACTION cells
            10,true                  | high,true                  | 7: Cell E7 holds "high": a priority is a whole number.
            10,true                  | (5),true                   | 7: Cell E7 holds "(5)": a priority is a whole number.
            10,true                  | 10,maybe                   | 7: Cell F7 holds "maybe": a rule is enabled or it is not.
            10,true                  | 10,true,aside              | 7: Cell G7 holds "aside": its column has no heading.
            Two,,                    | ⏎Two,,                     | 9: This row stands below an empty row, at which its table
            Two,,                    | ⏎Import,x⏎,,               | 9: Cell A9 holds "Import": this is not allowed
            Two,,                    | ⏎Sequential,true⏎,,        | 9: Cell A9 holds "Sequential": it stands below a table
            One,                     | O\u0001ne,                 | 7: Cell A7 holds "O\u0001ne": it holds a character that
            """)
    void theCellAtFaultIsNamed(String good, String bad, String message) {
        String table = GOOD.replace(good, bad.replace("⏎", "\n"));

        assertThat(table).isNotEqualTo(GOOD);
        assertThat(csv(table).drl()).isEmpty();
        assertThat(csv(table).problems().get(0).toString()).startsWith("t.drl.csv:" + message);
        assertThat(csv(table).problems()).allSatisfy(problem -> assertThat(problem.fix()).hasSizeGreaterThan(10));
    }

    static Stream<String[]> unreadable() {
        return Stream.of(new String[][] {
            {"", "t.drl.csv: The table can't be read: no cell begins with RuleTable."},
            {"a,b\nc,d\n", "t.drl.csv: The table can't be read: no cell begins with RuleTable."},
            {"RuleTable T\n", "t.drl.csv:2: In row 2 no column of the table is headed ACTION."},
            {"RuleTable T\nACTION\n\n$route.deny(\"$param\")\nReason\n", "t.drl.csv:1: The table has no rules"},
            {GOOD + "\n\"open,1\n", "t.drl.csv:10: The table can't be read: a cell in quotes does not end"},
            {GOOD + "\n\"open\" x,1\n", "t.drl.csv: The table can't be read: a cell in quotes does not end"},
            {GOOD + "x".repeat(Sheet.LONGEST_CELL + 1),
            "t.drl.csv:9: The table can't be read: cell A9 holds 2001 characters"},
            {",".repeat(Sheet.MOST_COLUMNS) + "x\n" + GOOD, "t.drl.csv:1: The table can't be read: cell GS1 is beyond"},
            {"\n".repeat(Sheet.MOST_ROWS) + "x\n", "t.drl.csv:10001: The table can't be read: cell A10001 is beyond"},
            {"\n".repeat(Tables.LARGEST + 1), "t.drl.csv: The table can't be read: the file is larger than 4 MB."},
            {"PK\u0003\u0004rest", "t.drl.csv: The table can't be read: this is a workbook."},
            {"R\0u\0l\0e\0", "t.drl.csv: The table can't be read: its text is not in UTF-8."},
            {"RuleTable \uFFFD", "t.drl.csv: The table can't be read: its text is not in UTF-8."}});
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoTableIsToldAsSuch(String text, String message) {
        assertThat(csv(text).problems()).isNotEmpty();
        assertThat(csv(text).problems().get(0).toString()).startsWith(message);
        assertThat(csv(text).lines()).isEmpty();
    }

    @Test
    void aSmallFileDoesNotBecomeHugeRules() {
        String parts = "a,".repeat(900) + "a";
        String table = "RuleTable T\nACTION\n\n" + Tabled.quoted("forall(;){$route.category(\"$" + "x".repeat(1_900)
                + "\")}") + "\n\n" + (Tabled.quoted(parts) + "\n").repeat(20);

        assertThat(problem(csv(table))).startsWith("t.drl.csv:15: The table can't be read: written out as rules, its first 15 "
                + "rows take more than 16 MB");
    }

    @Test
    void aCallThatIsSpreadOverColumnsNeedsAllOfThem() {
        String table = "RuleTable T\nACTION,ACTION\n\n\"$route.to(\"\"$param\"\",\",\"\"\"$param\"\");\"\n\nclaude-opus-5-5,%s\n";

        assertThat(csv(table.formatted("why")).drl()).contains("$route.to(\"claude-opus-5-5\", \"why\");");
        assertThat(problem(csv(table.formatted("")))).startsWith("t.drl.csv:6: The ACTION cells of this row do not make a whole "
                + "call. Fill in all that belong together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RuleTable T\n\n\n\n\n\n", "RuleTable\nRuleTable\nRuleTable\n",
            "RuleTable T\nACTION\nRuleTable U\n",
        "RuleTable T\nACTION\n\n$1\n\n\n", "RuleTable T\nACTION\n\nforall(){}\n\nx\n",
                "RuleTable T\nACTION\n\n$99999999999\n\nx\n",
        "RuleTable T\nACTION\n\nforall(,){$}\n\n,,,\n",
                "Sequential,true\nSequentialMaxPriority,1\nRuleTable T\nACTION\n\nx\n\na\nb\nc\n",
        "SequentialMinPriority,9\nSequential,true\nSequentialMaxPriority,1\nRuleTable T\nACTION\n\nx\n\na\n"})
    void oddTablesNeverThrow(String text) {
        Expansion expansion = csv(text);

        assertThat(expansion.problems().isEmpty()).isEqualTo(!expansion.drl().isEmpty());
    }
}
