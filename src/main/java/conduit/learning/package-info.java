/**
 * Keeps what the bandit learns: a log of judgements, of which beliefs are the fold, and what calls were like. Writers
 * take one short lock, so that the log's order is the order of commits and no update is lost between nodes; readers
 * take none: they read what was appended since.
 */
package conduit.learning;
