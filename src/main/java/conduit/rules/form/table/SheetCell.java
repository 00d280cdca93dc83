package conduit.rules.form.table;

/** What stands in one cell of a sheet; a blank cell is none. */
record SheetCell(String text, Kind kind) {

    /** What the cell is to its spreadsheet. Only the first two can be used in a table. */
    enum Kind {
        TEXT(""),
        NUMBER(""),
        DATE("is a date, which no condition compares."),
        PERCENT("is a percentage, which can be read as 0.5 or as 50."),
        ERROR("is an error of the spreadsheet."),
        UNCOUNTED("is a formula whose result is not stored.");

        private final String fault;

        Kind(String fault) {
            this.fault = fault;
        }

        /** Why the cell can't be used; empty if it can. */
        String fault() {
            return fault;
        }

        /** The way out. */
        String fix() {
            return switch (this) {
                case UNCOUNTED -> "Open the workbook, let it calculate, and save it.";
                case ERROR -> "Mend its formula, or type the value.";
                default -> "Format the cell as Text and type the text, or as a plain number.";
            };
        }
    }

    static SheetCell text(String text) {
        return new SheetCell(text.strip(), Kind.TEXT);
    }
}
