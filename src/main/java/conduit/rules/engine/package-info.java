/** Checks and compiles DRL and lets it decide. Only this package knows the engine. */
package conduit.rules.engine;
