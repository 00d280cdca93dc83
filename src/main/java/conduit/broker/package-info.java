/** The message broker: embedded, with its journal on disk, or an outside one by its address. */
package conduit.broker;
