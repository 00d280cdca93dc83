package conduit.backup.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import conduit.json.Json;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes a backup to a stream, row by row. It is whole after {@link #finish}. */
public final class BackupWriter {

    private static final int BUFFER = 1 << 16;
    /** ASCII only: halves of surrogate pairs stay what they are. */
    private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final MessageDigest digest = Digests.sha256();
    private final Counting counting;
    private final OutputStream file;
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private GZIPOutputStream part;
    private JsonGenerator json;
    private Sheet sheet;

    /** Counts what reaches the file. */
    private static final class Counting extends FilterOutputStream {

        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }
    }

    /** @param out is not closed here */
    public BackupWriter(OutputStream out, Header header) throws IOException {
        counting = new Counting(out);
        file = new DigestOutputStream(new BufferedOutputStream(counting, BUFFER), digest);
        begin();
        json.writeRaw(header.line());
        json.writeRaw('\n');
    }

    private void begin() throws IOException {
        part = new GZIPOutputStream(file, BUFFER);
        json = JSON.createGenerator(part);
        json.setRootValueSeparator(null);
    }

    private void endPart() throws IOException {
        json.close();
        part.finish();
        file.flush();
    }

    /** Begins a table. */
    public void table(Sheet next) throws IOException {
        sheet = next;
        rows.put(next.table(), 0L);
        json.writeStartObject();
        json.writeStringField("table", next.table());
        json.writeObjectFieldStart("columns");
        for (Sheet.Column column : next.columns()) {
            json.writeStringField(column.name(), column.kind().word());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Adds a row of the table that began last: a String, Boolean or Long, or null, for each column. */
    public void row(List<Object> values) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            if (value == null) {
                json.writeNull();
            } else if (value instanceof Boolean flag) {
                json.writeBoolean(flag);
            } else if (value instanceof Long number) {
                json.writeNumber(number);
            } else {
                json.writeString((String) value);
            }
        }
        json.writeEndArray();
        json.writeRaw('\n');
        rows.merge(sheet.table(), 1L, Long::sum);
    }

    /** Ends the file and returns its rows by table. */
    public Map<String, Long> finish() throws IOException {
        endPart();
        long end = counting.count;
        begin();
        part.write((Json.write(Map.of("rows", rows)) + "\n").getBytes(StandardCharsets.UTF_8));
        endPart();
        counting.write(new Seal(end, digest.digest()).bytes());
        counting.flush();
        return rows;
    }
}
