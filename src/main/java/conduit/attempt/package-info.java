/**
 * The attempts of one run: whether a call that failed is tried again, at the same model or another one, what that may
 * cost and take, and which models are left alone for a while.
 */
package conduit.attempt;
