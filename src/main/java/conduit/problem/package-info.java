/**
 * What can go wrong, said to whoever asked: RFC 9457 problems with a stable type, the field at fault and the way out.
 * Everything else may use this package; it uses nothing.
 */
package conduit.problem;
