package conduit.rules.cases;

import conduit.rules.text.RuleProblem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table, in their order.
 *
 * @param problems what is wrong with their names; none if all is well
 */
record Header(List<Column> columns, List<RuleProblem> problems) {

    static Header read(String file, Grid.Row row) {
        List<Column> columns = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            String written = row.cells().get(i);
            Optional<Column> known = Column.of(written);
            if (written.isBlank()) {
                problems.add(new RuleProblem(file, row.line(), null, "Column " + (i + 1) + " has no name.",
                        "Name it, or take it out; call it comment if it holds remarks."));
            } else if (known.isEmpty()) {
                problems.add(new RuleProblem(file, row.line(), null, "There is no column \"" + Cells.shown(written)
                        + "\".", Column.advice(written)));
            } else {
                columns.stream().filter(c -> c.is(known.get().kind(), known.get().name())).findFirst()
                        .ifPresent(twin -> problems.add(new RuleProblem(file, row.line(), null, "The columns \""
                                + Cells.shown(twin.header()) + "\" and \"" + Cells.shown(written)
                                + "\" say the same thing.", "Take one of them out.")));
                columns.add(known.get());
            }
        }
        if (problems.isEmpty() && columns.stream().noneMatch(c -> c.kind() == Column.Kind.EXPECTED)) {
            problems.add(new RuleProblem(file, row.line(), null, "No column says what is expected, so the table "
                    + "can't find a mistake.", "Add a column named model, and write in it the model that the rules "
                    + "must choose, deny where they must deny, or - where none must decide."));
        }
        return new Header(columns, problems);
    }
}
