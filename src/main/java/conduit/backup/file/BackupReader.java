package conduit.backup.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a backup file. Whatever is wrong with one is a {@link BadFile}. */
public final class BackupReader {

    /** The longest line, bytes; the longest row has a whole prompt and a whole answer. */
    public static final int LONGEST_LINE = 64 << 20;
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int BUFFER = 1 << 16;
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_LINE).maxNestingDepth(3).build())
            .build();

    private final Path path;
    private final Header header;
    private final Seal seal;
    private final long length;

    /** Gets what stands in a file. */
    public interface Sink {

        void table(Sheet sheet);

        /** A row of the last table: a String, Boolean or Long, or null, for each of its columns. */
        void row(List<Object> values);
    }

    /** Reads header and seal, but not what is between them. */
    public BackupReader(Path path) throws IOException {
        this.path = path;
        this.length = Files.size(path);
        String first = firstLine(path);
        byte[] last = new byte[Seal.LENGTH];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (length > Seal.LENGTH) {
                file.seek(length - Seal.LENGTH);
                file.readFully(last);
            }
        }
        this.seal = Seal.of(last, length);
        if (first == null) {
            throw seal == null ? new BadFile("is no backup of Conduit: it does not begin as one")
                    : new BadFile("is damaged: its beginning can't be read. Copy it again from where it was made");
        }
        this.header = Header.of(first);
        if (seal == null) {
            throw new BadFile("is not whole: its end is missing or was changed. Copy it again from where it was made");
        }
    }

    /** Null if it can't be read. */
    private static String firstLine(Path path) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), BUFFER)) {
            Lines lines = new Lines(in, LONGEST_HEADER);
            if (lines.next()) {
                return new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
            }
        } catch (ZipException | EOFException | BadFile e) {
            // Told by the caller.
        }
        return null;
    }

    public Header header() {
        return header;
    }

    /** Rows by table, as the file says. */
    public Map<String, Long> rows() throws IOException {
        try (InputStream in = part(seal.end(), length - Seal.LENGTH)) {
            Lines lines = new Lines(in, LONGEST_HEADER);
            Map<String, Long> rows = new LinkedHashMap<>();
            if (lines.next()) {
                JsonNode node = Json.tree(new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
                node.path("rows").properties().forEach(row -> rows.put(row.getKey(), row.getValue().asLong()));
            }
            return rows;
        } catch (ZipException | EOFException | java.io.UncheckedIOException e) {
            throw damaged(e);
        }
    }

    private InputStream part(long from, long to) throws IOException {
        InputStream file = Files.newInputStream(path);
        try {
            file.skipNBytes(from);
            return new GZIPInputStream(new Bounded(file, to - from), BUFFER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static BadFile damaged(Exception e) {
        return new BadFile("is damaged: " + (e.getMessage() == null ? "it ends early" : e.getMessage().lines().findFirst()
                .orElse("")) + ". Copy it again from where it was made");
    }

    /** Compares the checksum of the whole file. */
    public void verify() throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new Bounded(Files.newInputStream(path), length - Seal.LENGTH)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        if (!MessageDigest.isEqual(digest.digest(), seal.sha256())) {
            throw new BadFile("is damaged: its SHA-256 is not the one in its seal. Copy it again from where it was made");
        }
    }

    /** Reads everything, and checks that it is all there. */
    public void read(Sink sink) throws IOException {
        try (InputStream in = part(0, seal.end())) {
            Lines lines = new Lines(in, LONGEST_LINE);
            lines.next();
            Map<String, Long> rows = new LinkedHashMap<>();
            Sheet sheet = null;
            while (lines.next()) {
                if (lines.length() > 0 && lines.bytes()[0] == '{') {
                    sheet = sheet(lines);
                    if (rows.put(sheet.table(), 0L) != null) {
                        throw new BadFile("has the table \"" + sheet.table() + "\" twice");
                    }
                    sink.table(sheet);
                } else {
                    if (sheet == null) {
                        throw new BadFile("has a row before its first table");
                    }
                    sink.row(row(lines, sheet));
                    rows.merge(sheet.table(), 1L, Long::sum);
                }
            }
            if (!rows.equals(rows())) {
                throw new BadFile("is not whole: it says that it has other rows than it has");
            }
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    private static Sheet sheet(Lines lines) {
        List<Sheet.Column> columns = new ArrayList<>();
        String table = null;
        try {
            JsonNode node = Json.object(new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
            table = node.path("table").textValue();
            node.path("columns").properties().forEach(column ->
                    columns.add(new Sheet.Column(column.getKey(), Kind.of(column.getValue().asText()))));
        } catch (RuntimeException e) {
            // Told below.
        }
        if (table == null || columns.isEmpty() || columns.stream().anyMatch(column -> column.kind() == null)) {
            throw new BadFile("has no table in line " + lines.number());
        }
        return new Sheet(table, columns);
    }

    private static List<Object> row(Lines lines, Sheet sheet) {
        List<Object> values = new ArrayList<>(sheet.columns().size());
        try (JsonParser parser = JSON.createParser(lines.bytes(), 0, lines.length())) {
            boolean fits = parser.nextToken() == JsonToken.START_ARRAY;
            for (Sheet.Column column : sheet.columns()) {
                fits = fits && value(parser, column.kind(), values);
            }
            if (fits && parser.nextToken() == JsonToken.END_ARRAY && parser.nextToken() == null) {
                return values;
            }
        } catch (IOException e) {
            // Told below.
        }
        throw new BadFile("has no row of " + sheet.table() + " in line " + lines.number());
    }

    private static boolean value(JsonParser parser, Kind kind, List<Object> values) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            values.add(null);
            return true;
        }
        if (kind == Kind.FLAG) {
            values.add(token == JsonToken.VALUE_TRUE);
            return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
        }
        if (kind == Kind.WHOLE) {
            values.add(token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0L);
            return token == JsonToken.VALUE_NUMBER_INT;
        }
        values.add(parser.getText());
        return token == JsonToken.VALUE_STRING;
    }
}
