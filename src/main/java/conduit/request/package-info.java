/**
 * What somebody asks of a model, checked. {@link conduit.request.RequestParser} turns text from any inlet into an
 * {@link conduit.request.LlmRequest}; from there on nothing that a sender wrote is trusted to be a path, a header
 * or a command.
 */
package conduit.request;
