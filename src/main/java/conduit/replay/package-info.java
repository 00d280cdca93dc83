/**
 * Tries policies on recorded outcomes: what each model answered to the same queries, and what that cost. Nothing is
 * called and nothing is stored.
 */
package conduit.replay;
