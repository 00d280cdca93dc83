package conduit.rules.cases;

import conduit.rules.text.RuleProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A table that can't be understood is told with line, column, value and the way out; nothing in it is passed over. */
class CaseTableFaultTest {

    private static List<RuleProblem> problems(String csv) {
        return CaseTable.read("x.cases.csv", csv).problems();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            agentTyp,model~a,- => :1: There is no column "agentTyp". Did you mean agentType?
            agent_typ,model~a,- => :1: There is no column "agent_typ". Did you mean agentType?
            promt,model~a,- => :1: There is no column "promt". Did you mean prompt?
            user,modle~a,- => :1: There is no column "modle". Did you mean model?
            user,expected modell~a,- => :1: There is no column "expected modell". Did you mean expected model?
            metadata,model~a,- => :1: There is no column "metadata". Write one column for each note, such as metadata.team.
            prompt,Message,model~a,b,- => :1: The columns "prompt" and "Message" say the same thing. Take one of them out.
            model,expected model~-,- => :1: The columns "model" and "expected model" say the same thing. Take one of them out.
            metadata.a,"metadata[""a""]",model~a,b,- => :1: The columns "metadata.a" and "metadata["a"]" say the same thing. Take one of them out.
            user,,model~a,,- => :1: Column 2 has no name. Name it, or take it out; call it comment if it holds remarks.
            user,rule~a,R~b, => :3: The row does not say what is expected. Fill in rule, or take the row out.
            user,rule,expected reason~b => :2: The row does not say what is expected. Fill in rule or expected reason, or take the row out.
            prompt,model~Hello, world,- => :2: The row has 3 cells, and the table 2 columns; the first that is too much is "-". If a text holds a comma, put the whole text in quotes: "like this".
            prompt;model~Hello; world;- => :2: The row has 3 cells, and the table 2 columns; the first that is too much is "-". If a text holds a semicolon, put the whole text in quotes: "like this".
            Token Count,model~"50,000",- => :2: Token Count is "50,000", which is no whole number from 0 to 2147483647. Write digits only, such as 50000.
            tokenCount,model~-1,- => :2: tokenCount is "-1", which is no whole number from 0 to 2147483647. Write digits only, such as 50000.
            tokenCount,model~2147483648,- => :2: tokenCount is "2147483648", which is no whole number from 0 to 2147483647. Write digits only, such as 50000.
            tokenCount,model~99999999999999999999,- => :2: tokenCount is "99999999999999999999", which is no whole number from 0 to 2147483647. Write digits only, such as 50000.
            hour,model~24,- => :2: hour is "24", which is no whole number from 0 to 23. Write digits only, such as 23.
            dayOfWeek,model~Mon,- => :2: dayOfWeek is "Mon", which is not known here. Write one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY.
            inlet,model~mail,- => :2: inlet is "mail", which is not known here. Write one of file, http, queue.
            dailySpendUsd;model~1,50;- => :2: dailySpendUsd is "1,50", which is no number of dollars, 0 or more. Write digits, with a point before the cents, such as 20 or 1.50.
            monthlySpendUsd,model~$20,- => :2: monthlySpendUsd is "$20", which is no number of dollars, 0 or more. Write digits, with a point before the cents, such as 20 or 1.50.
            project,model~my shop,- => :2: project is "my shop", which can't be one. Write 1 to 100 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit.
            prompt,model~a,-~"Hello,-~b,- => :3: A cell that begins with a quotation mark in this row does not end as it should. End it with one right before the next comma or the end of the line; inside of such a cell write a quotation mark twice: "".
            prompt,model~# x~"Hello" you,- => :3: A cell that begins with a quotation mark in this row does not end as it should. End it with one right before the next comma or the end of the line; inside of such a cell write a quotation mark twice: "".
            prompt,model~# nothing else => :1: The table has columns, but no row below them. Write an example in each row; or remove the file.
            ~# nothing => : The table is empty. Name the columns in its first row, such as prompt,model,rule, and write an example in each row below; or remove the file.
            """)
    void aFaultIsToldWithItsPlaceAndTheWayOut(String csv, String problem) {
        assertThat(problems(csv.replace('~', '\n'))).extracting(RuleProblem::toString)
                .containsExactly("x.cases.csv" + problem);
    }

    @Test
    void aTableThatExpectsNothingIsToldHowTo() {
        assertThat(problems("prompt,user\na,b\n")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("No column says what is expected, so the table can't find a mistake.");
            assertThat(problem.fix()).startsWith("Add a column named model, and write in it the model that the rules");
        });
    }

    @Test
    void aColumnLikeNoOtherIsToldWithAll() {
        assertThat(problems("zzzzzzzz,model\na,-\n").get(0).fix()).startsWith("Columns of the request are id, project, "
                + "prompt, message, system, tokenCount").contains("metadata.team; of the answer expected model, "
                + "expected rule, expected category, expected among, expected reason; for remarks comment.");
    }

    @Test
    void everyFaultOfATableIsToldAndSoundRowsAreKept() {
        CaseTable table = CaseTable.read("x.cases.csv", "hour,inlet,model\n24,mail,-\n1,file,-\n25,,-\n");

        assertThat(table.problems()).extracting(RuleProblem::line).containsExactly(2, 2, 4);
        assertThat(table.cases()).extracting(Case::line).containsExactly(3);
    }

    @Test
    void twentyFaultsAreToldAndTheOthersCounted() {
        List<RuleProblem> problems = problems("hour,model\n" + "24,-\n".repeat(25));

        assertThat(problems).hasSize(21);
        assertThat(problems.get(20).message()).isEqualTo("And 5 more problems from this line on.");
    }

    @Test
    void tenThousandRowsAreReadAndOneMoreIsTold() {
        String most = "user,model\n" + "ann,-\n".repeat(10_000);

        assertThat(problems(most)).isEmpty();
        assertThat(CaseTable.read("x.cases.csv", most).cases()).hasSize(10_000);
        assertThat(problems(most + "ann,-\n")).extracting(RuleProblem::toString).containsExactly(
                "x.cases.csv:10002: The table has more than 10000 rows. Keep those that tell most.");
    }

    /** A long cell would hide what is wrong with it. */
    @Test
    void longValuesAreCutInMessages() {
        String message = problems("hour,model\n" + "9".repeat(500) + ",-\n").get(0).message();

        assertThat(message).contains("9".repeat(60) + "…").hasSizeLessThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n\n", ",,,\n", "\"", "\0", "model", "\"model", "#", "model\n\"", ";", "\t\t",
        "metadata[],model\na,-", "metadata.,model\na,-", "\uD800,model\n\uD800,-", "model\n\r\r\n\"\r"})
    void whateverATableHoldsReadingItThrowsNothing(String csv) {
        assertThat(problems(csv)).isNotEmpty();
    }
}
