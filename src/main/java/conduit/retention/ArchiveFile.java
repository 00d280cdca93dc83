package conduit.retention;

import conduit.export.UsageLine;
import conduit.retention.UsageMonths.Sum;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.YearMonth;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of archived months: the daily export's columns, compressed.
 *
 * @param folder where they are
 */
record ArchiveFile(Path folder) {

    /** What a file holds by its own account. */
    record Content(long rows, BigDecimal cost) {
    }

    /**
     * A name that no file has: {@code usage-2026-08.csv.gz}, or with -2, -3 … where rows of the month came back.
     *
     * @param taken names that are on record, maybe of files in another Conduit's folder
     */
    String freeName(YearMonth month, Set<String> taken) {
        String name = "usage-" + month + ".csv.gz";
        for (int n = 2; taken.contains(name) || Files.exists(folder.resolve(name)); n++) {
            name = "usage-" + month + "-" + n + ".csv.gz";
        }
        return name;
    }

    /** Writes a month whole or not at all; when it returns, the file is on disk. */
    void write(String name, UsageMonths months, YearMonth month, Sum sum) {
        Path draft = folder.resolve("." + name + ".tmp");
        try {
            Files.createDirectories(folder);
            try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(draft)), StandardCharsets.UTF_8))) {
                out.write(UsageLine.header() + "\n");
                months.read(month, sum, row -> append(out, UsageLine.csv(row)));
            }
            force(draft, StandardOpenOption.WRITE);
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException("The archive " + name + " can't be written; nothing is removed", e);
        }
    }

    /** Reads a file back as another program would. */
    Content read(String name) {
        try (Reader in = new InputStreamReader(new GZIPInputStream(Files.newInputStream(folder.resolve(name))),
                StandardCharsets.UTF_8); CSVParser csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true)
                        .get().parse(in)) {
            long rows = 0;
            BigDecimal cost = BigDecimal.ZERO;
            for (CSVRecord row : csv) {
                rows++;
                cost = cost.add(new BigDecimal(row.get("cost")));
            }
            return new Content(rows, cost);
        } catch (IOException e) {
            throw new UncheckedIOException("The archive " + name + " can't be read back; nothing is removed", e);
        }
    }

    private static void append(BufferedWriter out, String line) {
        try {
            out.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
