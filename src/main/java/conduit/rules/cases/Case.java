package conduit.rules.cases;

import conduit.rules.fact.Request;

/**
 * One example: a request, and what the rules must answer.
 *
 * @param line   where it stands in its table, from 1
 * @param remark what its author wrote beside it, or null
 */
public record Case(int line, String remark, Request request, Expected expected) {
}
