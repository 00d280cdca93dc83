package conduit.rules;

/** A rule file's name and text. */
public record RuleSource(String file, String text) {
}
