package conduit.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One range of an Accept header.
 *
 * @param name   type and subtype in lower case
 * @param weight the q value, 0 (not wanted) to 1
 */
record MediaRange(String name, double weight) {

    /** The ranges of a header, in its order. */
    static List<MediaRange> list(String accept) {
        return Arrays.stream(accept.split(",")).map(MediaRange::of).toList();
    }

    private static MediaRange of(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split(";");
        double weight = Arrays.stream(parts).skip(1).map(String::strip).filter(part -> part.startsWith("q="))
                .mapToDouble(part -> weight(part.substring(2).strip())).findFirst().orElse(1);
        return new MediaRange(parts.length == 0 ? "" : parts[0].strip(), weight);
    }

    private static double weight(String q) {
        return q.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Double.parseDouble(q)) : 1;
    }

    /** Whether it stands for several types. */
    boolean isWild() {
        return name.endsWith("*");
    }
}
