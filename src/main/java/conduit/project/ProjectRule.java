package conduit.project;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A rule of a project, as its JSON form has it.
 *
 * @param priority   the higher goes first
 * @param conditions {type: AND|OR, rules: [{field, operator, value} or nested conditions]}
 */
public record ProjectRule(String id, String name, boolean enabled, int priority, ObjectNode conditions,
                          String targetModel) {
}
