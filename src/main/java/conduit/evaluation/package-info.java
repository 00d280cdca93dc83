/**
 * What the record says of policies that did not choose: doubly-robust estimates from recorded propensities, and savings
 * against the baseline. Pure: nothing is called and nothing is stored.
 */
package conduit.evaluation;
