/**
 * What other rules would have done with what is on record. {@link conduit.backtest.Backtest} takes the recorded
 * requests in the order of time, asks the candidate rules, and compares models and costs. Nothing is sent and nothing
 * is written.
 *
 * <p>Only what the record holds is used: a request of which the rules need more is counted, not guessed.
 */
package conduit.backtest;
