/**
 * What follows from conditions alone. A condition becomes boxes: for each fact the span of values that it may have. Two
 * rules can match the same request where two of their boxes meet; one is hidden where each of its boxes lies in one of
 * the other's.
 */
package conduit.rules.reasoning;
