/**
 * The thin adapters between Camel's exchanges and Conduit's own types. Besides {@code Wiring} only this package knows
 * Camel. An intake takes what it needs from a message and removes every header, so that nothing that a stranger wrote
 * can be taken for a header of Camel's; what the flow itself carries is in the exchange's properties.
 */
package conduit.flow;
