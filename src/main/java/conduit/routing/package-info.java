/**
 * Which model serves a request, and why. {@link conduit.routing.Router} asks in one order: the project's settings (a
 * bypass ends it), the rules, a pinned model, the bandit, the project's default; what came of it is a
 * {@link conduit.routing.Decision} that explains itself.
 */
package conduit.routing;
