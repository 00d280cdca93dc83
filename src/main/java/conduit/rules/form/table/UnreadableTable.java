package conduit.rules.form.table;

import conduit.rules.text.RuleProblem;

/** Why a file can't be read as a table at all. */
final class UnreadableTable extends Exception {

    private final int row;
    private final String fix;

    /**
     * @param row from 1; 0 if unknown
     * @param why the rest of the sentence "The table can't be read: …", without its full stop
     */
    UnreadableTable(int row, String why, String fix) {
        super("The table can't be read: " + why + ".");
        this.row = row;
        this.fix = fix;
    }

    RuleProblem problem(String file) {
        return new RuleProblem(file, row, null, getMessage(), fix);
    }
}
