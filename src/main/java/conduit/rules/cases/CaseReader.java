package conduit.rules.cases;

import conduit.request.Agent;
import conduit.request.Constraints;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;
import conduit.rules.text.RuleProblem;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** Turns the rows of a table into cases; what a row leaves out is always the same, so that an answer can be repeated. */
final class CaseReader {

    private static final int NOON = 12;

    private final String file;
    private final Grid grid;
    private final List<Column> columns;
    private final List<Case> cases = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();

    CaseReader(String file, Grid grid, List<Column> columns) {
        this.file = file;
        this.grid = grid;
        this.columns = columns;
    }

    void read(Grid.Row row) {
        if (row.cells().size() > columns.size()) {
            problems.add(new RuleProblem(file, row.line(), null, "The row has " + row.cells().size()
                    + " cells, and the table " + columns.size() + " columns; the first that is too much is \""
                    + Cells.shown(row.cells().get(columns.size())) + "\".", "If a text holds a "
                    + Grid.name(grid.separator()) + ", put the whole text in quotes: \"like this\"."));
            return;
        }
        Cells cells = new Cells(file, row, columns);
        Expected expected = Expected.read(cells, columns.stream().anyMatch(c ->
                c.is(Column.Kind.EXPECTED, Column.MODEL)));
        Request request = request(cells);
        problems.addAll(cells.problems());
        if (expected.isEmpty()) {
            problems.add(new RuleProblem(file, row.line(), null, "The row does not say what is expected.",
                    "Fill in " + columns.stream().filter(c -> c.kind() == Column.Kind.EXPECTED)
                            .map(Column::header).reduce((a, b) -> a + " or " + b).orElseThrow()
                            + ", or take the row out."));
        } else if (cells.problems().isEmpty()) {
            cases.add(new Case(row.line(), cells.remark(), request, expected));
        }
    }

    private static Request request(Cells cells) {
        String prompt = cells.text("prompt");
        String system = cells.text("system");
        LlmRequest asked = new LlmRequest(cells.id("id", "case-" + cells.line()), cells.id("project", "default"),
                prompt == null ? "x" : prompt, system == null ? "" : system,
                new Agent(cells.label("agentId"), cells.label("agentType")), cells.label("session"),
                cells.label("user"), cells.label("category"), Cells.list(cells.text("flags")), null, null,
                Constraints.NONE, cells.notes(), cells.one("inlet", Inlet.values(), Inlet.HTTP));
        return new Request(asked, new Circumstances(cells.whole("tokenCount", Integer.MAX_VALUE, asked.tokenCount()),
                cells.whole("hour", 23, NOON), cells.one("dayOfWeek", DayOfWeek.values(), DayOfWeek.MONDAY),
                cells.dollars("dailySpendUsd"), cells.dollars("monthlySpendUsd"), true));
    }

    List<Case> cases() {
        return cases;
    }

    List<RuleProblem> problems() {
        return problems;
    }
}
