package conduit.rules.engine;

import java.util.List;

/**
 * One rule as its author wrote it.
 *
 * @param file   the name of its file
 * @param line   the line in which it begins, from 1
 * @param models the models that it names
 */
public record RuleInfo(String file, String name, int line, int salience, List<String> models) {
}
