package conduit.rules.form.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Looks at the bytes of a workbook before anything opens it. */
final class WorkbookFile {

    /** What all parts of a workbook may hold together, in bytes; opened, it takes about ten times as much memory. */
    static final int LARGEST_INFLATED = 16 << 20;

    private static final int MOST_PARTS = 500;
    private static final int BUFFER = 1 << 16;

    private WorkbookFile() {
    }

    static void check(byte[] bytes) throws UnreadableTable {
        if (begins(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new UnreadableTable(0, "the workbook is locked with a password, or in the old form (.xls)",
                    "Save it without a password as Excel workbook (.xlsx).");
        }
        if (!begins(bytes, 'P', 'K', 3, 4)) {
            throw new UnreadableTable(0, "it is not a workbook, though its name ends in .xlsx",
                    "If it is a CSV file, name it NAME.drl.csv; else save it as Excel workbook (.xlsx).");
        }
        long inflated = 0;
        int parts = 0;
        byte[] buffer = new byte[BUFFER];
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                if (part.getName().toLowerCase(Locale.ROOT).endsWith("vbaproject.bin")) {
                    throw macros();
                }
                for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                    inflated += read;
                    if (inflated > LARGEST_INFLATED) {
                        throw tooLarge();
                    }
                }
                if (++parts > MOST_PARTS) {
                    throw tooLarge();
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableTable(0, "the workbook is damaged", "Open it in your spreadsheet and save it anew.");
        }
    }

    private static UnreadableTable tooLarge() {
        return new UnreadableTable(0, "the workbook holds more than " + (LARGEST_INFLATED >> 20)
                + " MB when it is opened",
                "Remove pictures, other sheets and formatted empty rows, or split it.");
    }

    static UnreadableTable macros() {
        return new UnreadableTable(0, "the workbook holds macros", "Save it as Excel workbook without macros (.xlsx).");
    }

    private static boolean begins(byte[] bytes, int... these) {
        for (int i = 0; i < these.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != these[i]) {
                return false;
            }
        }
        return true;
    }
}
