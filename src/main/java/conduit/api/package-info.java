/** The management part of the HTTP API, without HTTP: a {@link conduit.api.Call} goes in, a result comes out. */
package conduit.api;
