package conduit.rules.cases;

import conduit.rules.fact.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a table's rows become, however it was saved. */
class CaseTableTest {

    private static List<Case> cases(String csv) {
        CaseTable table = CaseTable.read("x.cases.csv", csv);
        assertThat(table.problems()).isEmpty();
        return table.cases();
    }

    private static Request request(String header, String cells) {
        return cases(header + ",model\n" + cells + ",-\n").get(0).request();
    }

    private static List<Object> fields(Request request) {
        List<Object> values = new java.util.ArrayList<>();
        Request.FIELDS.stream().filter(f -> !f.equals("metadata")).forEach(f -> values.add(request.value(f)));
        return values;
    }

    @Test
    void whatARowLeavesOutIsAlwaysTheSame() {
        Request request = request("name", "a");

        assertThat(fields(request)).containsExactly("case-2", "default", "x", "x", "", 1, null, null, null, null, null,
                List.of(), "http", 12, "MONDAY", 0.0, 0.0);
        assertThat(request.getMetadata()).isEmpty();
        assertThat(request.hasTexts()).isTrue();
    }

    @Test
    void everyFieldOfARequestCanBeAColumn() {
        Request request = request("id,project,prompt,system,tokenCount,agentId,agentType,session,user,category,flags,"
                + "inlet,hour,dayOfWeek,dailySpendUsd,monthlySpendUsd,metadata.team",
                "r-1,sales,Hello,Be kind,70000,crm,research,s,ann,mail,urgent;new,FILE,0,sunday,20,400.25,legal");

        assertThat(fields(request)).containsExactly("r-1", "sales", "Hello", "Hello", "Be kind", 70_000, "crm",
                "research", "s", "ann", "mail", List.of("urgent", "new"), "file", 0, "SUNDAY", 20.0, 400.25);
        assertThat(request.getMetadata()).containsExactly(Map.entry("team", "legal"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AGENT_TYPE         | agentType
            agent-type         | agentType
            Agent Type         | agentType
            agent.type         | agentType
            Agent.ID           | agentId
            message            | prompt
            Message            | message
            day of week        | dayOfWeek
            """)
    void columnsAreKnownInAnySpelling(String header, String field) {
        assertThat(request(header, "FRIDAY").value(field)).isEqualTo("FRIDAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.Team", "metadata[\"Team\"]", "\"metadata[\"\"Team\"\"]\"", "metadata['Team']",
        "Metadata[ Team ]"})
    void notesAreKnownInAnySpellingAndKeepTheirNames(String header) {
        assertThat(request(header, "legal").getMetadata()).containsExactly(Map.entry("Team", "legal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "Model", "expected model", "expectedModel", "expected_model"})
    void theExpectedModelIsKnownInAnySpelling(String header) {
        assertThat(cases("name," + header + "\na,claude-opus-5-5\n").get(0).expected())
                .isEqualTo(new Expected("claude-opus-5-5", null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            deny, deny
            Denied, deny
            -, -
            NONE, -
            –, -
            '', -
            claude-opus-5-5, claude-opus-5-5
            """)
    void whatIsExpectedOfAModelCanBeSaidInSeveralWords(String cell, String decision) {
        assertThat(cases("name,model\na," + cell + "\n").get(0).expected().decision()).isEqualTo(decision);
    }

    @Test
    void withoutAColumnForModelsTheRuleAloneIsExpected() {
        assertThat(cases("name,rule,expected among\na,R,m1 m2\n").get(0).expected())
                .isEqualTo(new Expected(null, "R", null, List.of("m1", "m2"), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            urgent                ~ urgent
            urgent new            ~ urgent,new
            urgent|new            ~ urgent,new
            urgent; new           ~ urgent,new
            "urgent, new"         ~ urgent,new
            "urgent;new;"         ~ urgent,new
            very urgent;          ~ very urgent
            very urgent|new       ~ very urgent,new
            """)
    void flagsAreSeparatedAsTheirAuthorLikes(String cell, String flags) {
        assertThat(request("flags", cell).getFlags()).containsExactly(flags.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void theSeparatorIsFoundInTheFirstRow(String separator) {
        String csv = "\uFEFFflags§prompt§user§model\r\nurgent|a§\"One; two, three\tfour\"§§-\r\n";

        Request request = cases(csv.replace("§", separator)).get(0).request();

        assertThat(request.getPrompt()).isEqualTo("One; two, three\tfour");
        assertThat(request.getUser()).isNull();
        assertThat(request.getFlags()).containsExactly("urgent", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesAreCountedPastRemarksBlankLinesAndCellsOfSeveralLines(String end) {
        String csv = ("# Examples, \"as Ann told them\n\nprompt,model\n\n# the first\n\"one\n\ntwo # three\",-\n,,\n"
                + "\"# a remark, saved by a spreadsheet\",\n   \n\"#1 is best\",deny\nlast,-").replace("\n", end);

        List<Case> cases = cases(csv);

        assertThat(cases).extracting(Case::line).containsExactly(6, 12, 13);
        assertThat(cases).extracting(c -> c.request().getPrompt())
                .containsExactly("one" + end + end + "two # three", "#1 is best", "last");
    }

    @Test
    void textsInQuotesKeepTheirSpacesAndOthersLoseThem() {
        assertThat(request("prompt", "\" a \"\"b\"\" \"").getPrompt()).isEqualTo(" a \"b\" ");
        assertThat(request("prompt", "  a b  ").getPrompt()).isEqualTo("a b");
        assertThat(request("user", "\" ann \"").getUser()).isEqualTo("ann");
    }

    @Test
    void tokensAreCountedWhereTheyAreNotGiven() {
        assertThat(request("prompt,system", "123456789,123").getTokenCount()).isEqualTo(3);
        assertThat(request("prompt,tokenCount", "123456789,0").getTokenCount()).isZero();
    }

    @Test
    void remarksAreKeptForThePrintedResult() {
        assertThat(cases("name,comment,user,model\nfirst,\"why, oh why\",,-\n,,ann,deny\n")).extracting(Case::remark)
                .containsExactly("first; why, oh why", null);
    }
}
