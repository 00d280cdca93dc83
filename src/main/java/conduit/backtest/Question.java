package conduit.backtest;

import conduit.ledger.Records.Range;

/**
 * What a backtest is asked.
 *
 * @param changes how many changed requests to list, 0 or more
 */
public record Question(Range range, int changes) {

    public Question {
        if (changes < 0) {
            throw new IllegalArgumentException("changes is negative");
        }
    }
}
