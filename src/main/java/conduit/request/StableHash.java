package conduit.request;

import java.nio.charset.StandardCharsets;

/** A 64-bit hash that is the same on every machine and in every version: FNV-1a with Murmur3's finalizer. */
public final class StableHash {

    private StableHash() {
    }

    public static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
