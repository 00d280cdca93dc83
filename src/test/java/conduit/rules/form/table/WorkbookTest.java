package conduit.rules.form.table;

import conduit.rules.text.Expansion;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbookType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static conduit.rules.form.table.Tabled.problem;
import static conduit.rules.form.table.Tabled.workbook;
import static org.assertj.core.api.Assertions.assertThat;

/** A workbook says what its author sees in the cells, and a bad one is a problem and never an exception. */
class WorkbookTest {

    private static final String[][] TABLE = {
        {"A remark"}, {},
        {"RuleTable Desk", "RuleTable Desk"},
        {"CONDITION", "CONDITION", "ACTION"},
        {"Request", "", ""},
        {"agentType", "tokenCount >", "$route.category(\"$param\");"},
        {"Agent", "Size", "Category"},
        {"a", "", "first"},
        {"", "", "second"}};

    private static byte[] bytes(XSSFWorkbook workbook) {
        try (workbook; ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            workbook.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static XSSFSheet fill(XSSFSheet sheet, String[][] cells) {
        for (int row = 0; row < cells.length; row++) {
            sheet.createRow(row);
            for (int column = 0; column < cells[row].length; column++) {
                sheet.getRow(row).createCell(column).setCellValue(cells[row][column]);
            }
        }
        sheet.getRow(2).getCell(1).setBlank();
        return sheet;
    }

    private static byte[] table(Consumer<XSSFSheet> change) {
        XSSFWorkbook workbook = new XSSFWorkbook();
        change.accept(fill(workbook.createSheet("Desk"), TABLE));
        return bytes(workbook);
    }

    private static byte[] size(Consumer<XSSFCell> change) {
        return table(sheet -> change.accept(sheet.getRow(7).getCell(1)));
    }

    private static void style(XSSFCell cell, String format) {
        CellStyle style = cell.getSheet().getWorkbook().createCellStyle();
        style.setDataFormat(cell.getSheet().getWorkbook().createDataFormat().getFormat(format));
        cell.setCellStyle(style);
    }

    @Test
    void mergedCellsHoldForAllTheirPlaces() {
        Expansion expansion = workbook(table(sheet -> {
            sheet.getRow(7).getCell(1).setCellValue(5);
            sheet.addMergedRegion(new CellRangeAddress(2, 2, 0, 2));
            sheet.addMergedRegion(new CellRangeAddress(4, 4, 0, 1));
            sheet.addMergedRegion(new CellRangeAddress(7, 8, 0, 0));
        }));

        assertThat(expansion.problems()).isEmpty();
        assertThat(expansion.drl().lines().filter(line -> line.startsWith("when"))).containsExactly(
                "when  $route : Route()  Request( agentType == \"a\", tokenCount > 5 )",
                "when  $route : Route()  Request( agentType == \"a\" )");
        assertThat(expansion.lines()).containsExactly(8, 8, 8, 8, 0, 9, 9, 9, 9, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"50000|General|50000", "50000|0.00|50000", "0.1|General|0.1",
            "20|[$$-409]#,##0.00|20",
        "1234567|#,##0|1234567", "0.30000000000000004|General|0.3", "-0|General|0", "1e-7|General|0.0000001"})
    void numbersAreReadAsTheyAreWhateverTheirFormat(double number, String format, String text) {
        Expansion expansion = workbook(size(cell -> {
            cell.setCellValue(number);
            style(cell, format);
        }));

        assertThat(expansion.drl()).contains("tokenCount > " + text + " )");
    }

    @Test
    void aFormulaCountsByItsStoredValue() {
        byte[] stored = size(cell -> {
            cell.setCellFormula("[1]Other!A1*2");
            cell.setCellValue(70);
        });

        assertThat(workbook(stored).drl()).contains("tokenCount > 70 )");
        assertThat(problem(workbook(size(cell -> {
            cell.setBlank();
            cell.setCellFormula("1+1");
        })))).isEqualTo("t.drl.xlsx:8: Cell B8 holds \"=1+1\": it "
                + "is a formula whose result is not stored. Open the workbook, let it calculate, and save it.");
        assertThat(problem(workbook(size(cell -> {
            cell.setBlank();
            cell.setCellFormula("1+1");
            ((XSSFCell) cell).getCTCell().setV("");
        })))).as("as some programs write it").contains("is a formula whose result is not stored");
        assertThat(problem(workbook(table(sheet -> {
            sheet.getRow(7).getCell(2).setBlank();
            sheet.getRow(7).getCell(2).setCellFormula("WEBSERVICE(\"http://127.0.0.1:1/\")");
        })))).contains("Cell C8 holds \"=WEBSERVICE(\"http://127.0.0.1:1/\")\"");
    }

    @Test
    void datesPercentagesAndErrorsAreToldClearly() {
        assertThat(problem(workbook(size(cell -> {
            cell.setCellValue(LocalDate.of(2026, 11, 21));
            style(cell, "yyyy-mm-dd");
        })))).startsWith("t.drl.xlsx:8: Cell B8 holds \"2026-11-21T00:00\": it is a date, which no condition compares. Format");
        assertThat(problem(workbook(size(cell -> {
            cell.setCellValue(0.5);
            style(cell, "0%");
        })))).startsWith("t.drl.xlsx:8: Cell B8 holds \"50 %\": it is a percentage, which can be read as 0.5 or as 50.");
        assertThat(problem(workbook(size(cell -> cell.setCellErrorValue((byte) 7)))))
                .startsWith("t.drl.xlsx:8: Cell B8 holds \"an error\": it is an error of the spreadsheet. Mend its formula");
        assertThat(workbook(table(sheet -> sheet.getRow(1).createCell(0).setCellValue(LocalDate.of(2026, 11,
                21)))).problems())
                .as("a date in a remark is no problem").isEmpty();
    }

    @Test
    void aTableMayStandOnAnySheetButOnOneOnly() {
        XSSFWorkbook second = new XSSFWorkbook();
        second.createSheet("Notes").createRow(0).createCell(0).setCellValue("Import");
        fill(second.createSheet("Desk"), TABLE);
        XSSFWorkbook two = new XSSFWorkbook();
        fill(two.createSheet("Old"), TABLE);
        fill(two.createSheet("New"), TABLE);

        assertThat(workbook(bytes(second)).drl()).contains("category(\"first\")");
        assertThat(problem(workbook(bytes(two)))).contains("several of its sheets hold a RuleTable: Old, New. One sheet is read.");
        assertThat(problem(workbook(bytes(new XSSFWorkbook())))).contains("no cell begins with RuleTable");
    }

    @Test
    void whatIsTooLargeIsToldBeforeItIsOpened() throws IOException {
        assertThat(problem(workbook(table(sheet -> sheet.createRow(10_000).createCell(0).setCellValue("x")))))
                .contains("t.drl.xlsx:10001: The table can't be read: cell A10001 is beyond the 10000 rows");
        assertThat(workbook(table(sheet -> sheet.createRow(1_000_000).createCell(16_000).setCellStyle(
                sheet.getWorkbook().createCellStyle()))).problems()).as("an empty cell far away is no problem").isEmpty();
        assertThat(problem(workbook(table(sheet -> sheet.addMergedRegion(new CellRangeAddress(7, 1_000_000, 0,
                1_000))))))
                .contains("too many cells are merged, such as A8:ALM1000001");
        assertThat(problem(workbook(part("xl/bomb.xml",
                new byte[20 << 20])))).contains("holds more than 16 MB when it is opened");
        assertThat(problem(workbook(new byte[Tables.LARGEST + 1]))).contains("the file is larger than 4 MB");
    }

    static Stream<Object[]> broken() throws IOException {
        byte[] good = table(sheet -> { });
        XSSFWorkbook macros = new XSSFWorkbook(XSSFWorkbookType.XLSM);
        fill(macros.createSheet(), TABLE);
        return Stream.of(new Object[][] {
            {new byte[0], "it is not a workbook, though its name ends in .xlsx. If it is a CSV file, name it NAME.drl.csv"},
            {"RuleTable T\nACTION\n".getBytes(StandardCharsets.UTF_8),
            "it is not a workbook, though its name ends in .xlsx."},
            {new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2},
            "the workbook is locked with a password, or in the old"},
            {Arrays.copyOf(good, good.length / 2), "the workbook is damaged."},
            {Arrays.copyOf(good, 100), "the workbook is damaged."},
            {part("xl/vbaProject.bin", new byte[9]),
            "the workbook holds macros. Save it as Excel workbook without macros"},
            {bytes(macros), "the workbook holds macros."},
            {only("readme.txt", "x"), "it is not a workbook that can be opened"},
            {part("[Content_Types].xml", "<nothing".getBytes(StandardCharsets.UTF_8)),
            "it is not a workbook that can be opened"},
            {part("xl/workbook.xml", "<workbook/>".getBytes(StandardCharsets.UTF_8)),
            "it is not a workbook that can be opened"},
            {part("xl/worksheets/sheet1.xml",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet>&e;</worksheet>"
                    .getBytes(StandardCharsets.UTF_8)), "it is not a workbook that can be opened"},
            {part("xl/worksheets/sheet1.xml", ("<worksheet>" + "<a>".repeat(100_000)).getBytes(StandardCharsets.UTF_8)),
                "it is not a workbook that can be opened"}});
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aFileThatIsNoWorkbookIsAProblem(byte[] bytes, String message) {
        assertThat(problem(workbook(bytes))).contains("t.drl.xlsx: The table can't be read: " + message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13})
    void damagedBytesNeverThrow(int seed) {
        byte[] good = table(sheet -> { });
        java.util.Random chance = new java.util.Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k < 5; k++) {
                bad[chance.nextInt(bad.length)] = (byte) chance.nextInt(256);
            }
            Expansion expansion = workbook(bad);
            assertThat(expansion.drl().isEmpty()).isEqualTo(!expansion.problems().isEmpty());
        }
    }

    private static byte[] only(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A good workbook with one part added or replaced. */
    private static byte[] part(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                ZipInputStream good = new ZipInputStream(new ByteArrayInputStream(table(sheet -> { })))) {
            for (ZipEntry entry = good.getNextEntry(); entry != null; entry = good.getNextEntry()) {
                if (!entry.getName().equals(name)) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    good.transferTo(zip);
                }
            }
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
