package conduit.backup.table;

import conduit.backup.file.BadFile;
import conduit.backup.file.Kind;
import conduit.backup.file.Sheet;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Values between a database and a file, exact in both directions. */
final class Values {

    private Values() {
    }

    /** A row's values as a file has them. */
    static List<Object> read(ResultSet row, Sheet sheet) throws SQLException {
        List<Object> values = new ArrayList<>(sheet.columns().size());
        for (int i = 0; i < sheet.columns().size(); i++) {
            Object value = value(row, i + 1, sheet.columns().get(i).kind());
            values.add(row.wasNull() ? null : value);
        }
        return values;
    }

    private static Object value(ResultSet row, int index, Kind kind) throws SQLException {
        return switch (kind) {
            case TEXT -> row.getString(index);
            case FLAG -> row.getBoolean(index);
            case WHOLE -> row.getLong(index);
            case BINARY -> Double.toString(row.getDouble(index));
            case DECIMAL -> {
                BigDecimal value = row.getBigDecimal(index);
                yield value == null ? null : value.toPlainString();
            }
            case DAY -> text(row.getObject(index, LocalDate.class));
            case MOMENT -> {
                OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
                yield value == null ? null : value.toInstant().toString();
            }
        };
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** Sets a statement's parameters to a file's values. */
    static void write(PreparedStatement statement, Sheet sheet, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Sheet.Column column = sheet.columns().get(i);
            try {
                write(statement, i + 1, column.kind(), values.get(i));
            } catch (NumberFormatException | DateTimeException e) {
                throw new BadFile("has a " + column.name() + " in " + sheet.table() + " that is none: "
                        + shortened(values.get(i)));
            }
        }
    }

    private static void write(PreparedStatement statement, int index, Kind kind, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, type(kind));
            return;
        }
        switch (kind) {
            case TEXT -> statement.setString(index, (String) value);
            case FLAG -> statement.setBoolean(index, (Boolean) value);
            case WHOLE -> statement.setLong(index, (Long) value);
            case DECIMAL -> statement.setBigDecimal(index, decimal((String) value));
            case BINARY -> statement.setDouble(index, Double.parseDouble((String) value));
            case DAY -> statement.setObject(index, LocalDate.parse((String) value));
            case MOMENT -> statement.setObject(index, OffsetDateTime.parse((String) value)
                    .withOffsetSameInstant(ZoneOffset.UTC));
        }
    }

    private static BigDecimal decimal(String text) {
        // 1e999999999 is short, and long as a number.
        if (text.length() > 100 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new NumberFormatException();
        }
        return new BigDecimal(text);
    }

    private static int type(Kind kind) {
        return switch (kind) {
            case TEXT -> Types.VARCHAR;
            case FLAG -> Types.BOOLEAN;
            case WHOLE -> Types.BIGINT;
            case DECIMAL -> Types.NUMERIC;
            case BINARY -> Types.DOUBLE;
            case DAY -> Types.DATE;
            case MOMENT -> Types.TIMESTAMP_WITH_TIMEZONE;
        };
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
