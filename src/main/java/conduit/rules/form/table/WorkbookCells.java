package conduit.rules.form.table;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.usermodel.XSSFCell;

import java.math.BigDecimal;
import java.math.MathContext;

/** What a cell of a workbook says. */
final class WorkbookCells {

    /** As many digits as a spreadsheet keeps; the rest is noise of its binary numbers. */
    private static final MathContext DIGITS = new MathContext(15);

    private WorkbookCells() {
    }

    static SheetCell read(Cell cell) {
        boolean formula = cell.getCellType() == CellType.FORMULA;
        if (formula && cell instanceof XSSFCell one && isEmpty(one)) {
            return new SheetCell("=" + cell.getCellFormula(), SheetCell.Kind.UNCOUNTED);
        }
        return switch (formula ? cell.getCachedFormulaResultType() : cell.getCellType()) {
            case NUMERIC -> number(cell);
            case STRING -> SheetCell.text(cell.getStringCellValue());
            case BOOLEAN -> SheetCell.text(String.valueOf(cell.getBooleanCellValue()));
            case ERROR -> new SheetCell("an error", SheetCell.Kind.ERROR);
            default -> SheetCell.text("");
        };
    }

    /** Some programs write a formula with an empty value, which reads as the number 0. */
    private static boolean isEmpty(XSSFCell formula) {
        return formula.getRawValue() == null || formula.getRawValue().isEmpty()
                && formula.getCachedFormulaResultType() == CellType.NUMERIC;
    }

    private static SheetCell number(Cell cell) {
        double value = cell.getNumericCellValue();
        if (!Double.isFinite(value)) {
            return new SheetCell(String.valueOf(value), SheetCell.Kind.ERROR);
        }
        if (DateUtil.isCellDateFormatted(cell)) {
            return new SheetCell(String.valueOf(cell.getLocalDateTimeCellValue()), SheetCell.Kind.DATE);
        }
        BigDecimal number = new BigDecimal(value, DIGITS);
        if (cell.getCellStyle().getDataFormatString().contains("%")) {
            return new SheetCell(plain(number.movePointRight(2)) + " %", SheetCell.Kind.PERCENT);
        }
        return new SheetCell(plain(number), SheetCell.Kind.NUMBER);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
