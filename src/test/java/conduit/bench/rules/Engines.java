package conduit.bench.rules;

import java.util.List;

/** The names of what is compared. */
final class Engines {

    static final String CONDUIT = "conduit";
    /** The same rules, but with the text's equality behind the number's comparison. */
    static final String EQUALITY_LAST = "conduit-equality-last";
    static final String SCAN = "linear-scan";
    static final String JSON_RULES_ENGINE = "json-rules-engine";
    static final String ZEN = "zen";

    static final List<String> ON_NODE = List.of(JSON_RULES_ENGINE, ZEN);
    static final List<String> ALL = List.of(CONDUIT, EQUALITY_LAST, SCAN, JSON_RULES_ENGINE, ZEN);

    private Engines() {
    }
}
