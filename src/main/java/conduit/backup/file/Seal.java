package conduit.backup.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The end of a file: where its last part begins, and the SHA-256 of every byte before the seal. It is a gzip member of
 * stored bytes, built by hand, so that its length and each of its bits are known.
 *
 * @param end offset of the part that tells the numbers of rows, bytes
 */
record Seal(long end, byte[] sha256) {

    private static final String FORM = "{\"end\":\"%020d\",\"sha256\":\"%s\"}\n";
    private static final Pattern PAYLOAD = Pattern.compile("\\{\"end\":\"(\\d{20})\",\"sha256\":\"([0-9a-f]{64})\"}\n");
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff, 1};
    private static final int PAYLOAD_LENGTH = String.format(FORM, 0, "0".repeat(64)).length();
    private static final int PAYLOAD_AT = HEAD.length + 4;

    /** Its length, bytes. */
    static final int LENGTH = PAYLOAD_AT + PAYLOAD_LENGTH + 8;

    byte[] bytes() {
        byte[] payload = String.format(FORM, end, HexFormat.of().formatHex(sha256)).getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(payload);
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN).put(HEAD)
                .putShort((short) payload.length).putShort((short) ~payload.length).put(payload)
                .putInt((int) crc.getValue()).putInt(payload.length).array();
    }

    /** Reads a file's last bytes; null if they are none. */
    static Seal of(byte[] bytes, long length) {
        Matcher payload = PAYLOAD.matcher(new String(bytes, PAYLOAD_AT, PAYLOAD_LENGTH, StandardCharsets.ISO_8859_1));
        if (payload.matches()) {
            try {
                Seal seal = new Seal(Long.parseLong(payload.group(1)), HexFormat.of().parseHex(payload.group(2)));
                if (Arrays.equals(seal.bytes(), bytes) && seal.end() > 0 && seal.end() < length - LENGTH) {
                    return seal;
                }
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }
}
