package conduit.rules.engine;

public record RuleWarning(String file, int line, String rule, String otherFile, int otherLine, String otherRule,
                          String message, String fix) {
}
