package conduit.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Short names for contents: the same texts always have the same one. */
final class Version {

    private Version() {
    }

    /** Of rule files; dictionaries count, cases don't. */
    static String of(Map<String, RuleLoader.Loaded> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((file, loaded) -> {
            texts.put(file, loaded.material().text());
            loaded.material().dictionaries().forEach(texts::put);
        });
        return ofTexts(texts);
    }

    static String ofTexts(Map<String, String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(texts).forEach((file, text) ->
                    digest.update((file + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
