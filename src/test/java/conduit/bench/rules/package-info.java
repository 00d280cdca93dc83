/**
 * The measured comparison of rule engines: the same seeded rules and requests for Conduit, for a plain scan in Java
 * and for two engines on Node, their decisions checked to be equal before anything is timed.
 */
package conduit.bench.rules;
