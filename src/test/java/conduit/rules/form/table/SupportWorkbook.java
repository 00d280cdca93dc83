package conduit.rules.form.table;

import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Optional;

/** Makes rules/support.drl.xlsx, the workbook that comes with Conduit. Run its main method after a change. */
final class SupportWorkbook {

    static final Path FILE = Path.of("rules/support.drl.xlsx");

    private static final int FIRST_HEADER = 3;
    private static final int LABELS = 7;
    private static final int[] WIDTHS = {10, 46, 34, 16, 14, 22, 36, 40, 12, 44};
    private static final String[][] HEADER = {
        {"RuleTable Support desk"},
        {"PRIORITY", "NAME", "CONDITION", "CONDITION", "CONDITION", "ACTION", "ACTION", "ACTION", "ACTION", "ACTION"},
        {"", "", "Request", "", "", "", "", "", "", ""},
        {"", "", "agentType in", "metadata[\"tier\"] in", "tokenCount >", "$route.to(\"$param\",", "\"$param\");",
            "$route.among(\"tier of the customer\", forall(,){\"$\"});", "$route.category(\"$param\");",
                    "$route.deny(\"$param\");"},
        {"Priority", "Rule", "Agent", "Tier", "Longer than", "Model", "Reason", "Only these models", "Category",
        "Refused because"}};
    private static final Object[][] RULES = {
        {48, "Long mails are not part of the free tier", "support-mail", "free", 20_000, "", "", "", "",
            "the free tier covers mails of up to 20,000 tokens"},
        {46, "Free and bronze stay with the cheaper two", "support-mail, support-chat, support-escalation",
        "free, bronze",
            "", "", "", "claude-haiku-5-5, claude-sonnet-5-5", "", ""},
        {44, "The desk is a category of its own", "support-mail, support-chat, support-escalation", "", "", "", "", "",
            "support", ""},
        {42, "Escalations of gold customers go to Opus", "support-escalation", "gold", "", "claude-opus-5-5",
            "escalation of a gold customer", "", "", ""},
        {40, "Other escalations go to Sonnet", "support-escalation", "", "", "claude-sonnet-5-5", "escalation", "", "",
        ""},
        {38, "Long chats go to Sonnet", "support-chat", "", 8_000, "claude-sonnet-5-5", "long chat", "", "", ""},
        {36, "Chats go to Haiku", "support-chat", "", "", "claude-haiku-5-5", "chat, where speed counts", "", "", ""}};

    private SupportWorkbook() {
    }

    public static void main(String[] arguments) throws IOException {
        Files.write(FILE, make());
    }

    static byte[] make() throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            workbook.getProperties().getCoreProperties().setCreated(Optional.of(new Date(0)));
            workbook.getProperties().getCoreProperties().setTitle("Rules of the support desk");
            XSSFSheet sheet = workbook.createSheet("Support desk");
            text(sheet, 0, "Which model answers the support desk. Rows with a higher priority are asked first; an empty cell "
                    + "means any.");
            text(sheet, 1, "Change rows 9 and below, save, and two seconds later they decide. Rows 4 to 7 tell Conduit what "
                    + "the columns mean.");
            header(workbook, sheet);
            rules(workbook, sheet);
            for (int column = 0; column < WIDTHS.length; column++) {
                sheet.setColumnWidth(column, WIDTHS[column] * 256);
            }
            sheet.addMergedRegion(new CellRangeAddress(FIRST_HEADER + Table.OBJECTS, FIRST_HEADER + Table.OBJECTS, 2,
                    4));
            sheet.createFreezePane(2, LABELS + 1);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static void text(XSSFSheet sheet, int row, String text) {
        sheet.createRow(row).createCell(0).setCellValue(text);
    }

    private static void header(XSSFWorkbook workbook, XSSFSheet sheet) {
        XSSFCellStyle plumbing = filled(workbook, IndexedColors.GREY_25_PERCENT, false);
        XSSFCellStyle labels = filled(workbook, IndexedColors.PALE_BLUE, true);
        for (int i = 0; i < HEADER.length; i++) {
            XSSFRow row = sheet.createRow(FIRST_HEADER + i);
            for (int column = 0; column < HEADER[i].length; column++) {
                row.createCell(column).setCellValue(HEADER[i][column]);
                row.getCell(column).setCellStyle(FIRST_HEADER + i == LABELS ? labels : plumbing);
            }
        }
    }

    private static XSSFCellStyle filled(XSSFWorkbook workbook, IndexedColors colour, boolean bold) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.setFillForegroundColor(colour.getIndex());
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        style.setBorderBottom(BorderStyle.THIN);
        style.setAlignment(HorizontalAlignment.LEFT);
        style.setWrapText(true);
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setFont(workbook.createFont());
        style.getFont().setBold(bold);
        return style;
    }

    private static void rules(XSSFWorkbook workbook, XSSFSheet sheet) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.setWrapText(true);
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setBorderBottom(BorderStyle.HAIR);
        for (int i = 0; i < RULES.length; i++) {
            XSSFRow row = sheet.createRow(LABELS + 1 + i);
            for (int column = 0; column < RULES[i].length; column++) {
                if (RULES[i][column] instanceof Integer number) {
                    row.createCell(column).setCellValue(number);
                } else {
                    row.createCell(column).setCellValue((String) RULES[i][column]);
                }
                row.getCell(column).setCellStyle(style);
            }
        }
    }
}
