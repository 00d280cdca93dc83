package conduit.rules.form.table;

import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the sheet with the tables out of a workbook (.xlsx); a formula counts by the value stored beside it. */
final class Workbooks {

    private static final int MOST_MERGED = 100_000;

    static {
        ZipSecureFile.setMaxEntrySize(WorkbookFile.LARGEST_INFLATED);
    }

    private Workbooks() {
    }

    /** @throws UnreadableTable if the bytes are no workbook, or one that is too large, locked or with macros */
    static Sheet read(byte[] bytes) throws UnreadableTable {
        WorkbookFile.check(bytes);
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            if (workbook.isMacroEnabled()) {
                throw WorkbookFile.macros();
            }
            List<XSSFSheet> all = IntStream.range(0, workbook.getNumberOfSheets())
                    .mapToObj(workbook::getSheetAt).toList();
            List<XSSFSheet> withTables = all.stream().filter(Workbooks::hasTable).toList();
            if (withTables.size() > 1) {
                throw new UnreadableTable(0, "several of its sheets hold a RuleTable: " + withTables.stream()
                        .map(XSSFSheet::getSheetName).collect(Collectors.joining(", ")),
                        "One sheet is read. Put the tables below each other, or into files of their own.");
            }
            return withTables.isEmpty() ? new Sheet(false) : read(withTables.get(0));
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new UnreadableTable(0, "it is not a workbook that can be opened ("
                    + TableProblems.shortened(String.valueOf(e.getMessage())) + ")",
                    "Open it in your spreadsheet and save it anew as Excel workbook (.xlsx).");
        }
    }

    private static boolean hasTable(XSSFSheet sheet) {
        for (Row row : sheet) {
            for (Cell cell : row) {
                if (Sheet.isTable(WorkbookCells.read(cell).text())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Sheet read(XSSFSheet from) throws UnreadableTable {
        Sheet sheet = new Sheet(false);
        for (Row row : from) {
            for (Cell cell : row) {
                sheet.put(row.getRowNum(), cell.getColumnIndex(), WorkbookCells.read(cell));
            }
        }
        long merged = 0;
        for (CellRangeAddress range : from.getMergedRegions()) {
            SheetCell cell = sheet.row(range.getFirstRow()).get(range.getFirstColumn());
            if (cell != null && !Sheet.isTable(cell.text())) {
                merged += (1L + range.getLastRow() - range.getFirstRow())
                        * (1L + range.getLastColumn() - range.getFirstColumn());
                if (merged > MOST_MERGED) {
                    throw new UnreadableTable(range.getFirstRow() + 1, "too many cells are merged, such as "
                            + range.formatAsString(), "Unmerge them.");
                }
                for (int row = range.getFirstRow(); row <= range.getLastRow(); row++) {
                    for (int column = range.getFirstColumn(); column <= range.getLastColumn(); column++) {
                        sheet.put(row, column, cell);
                    }
                }
            }
        }
        return sheet;
    }
}
