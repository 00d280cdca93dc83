package conduit.cli;

/** Where a backtest can be run: a server, or the database itself. */
public interface Backtests extends AutoCloseable {

    /**
     * What came of a backtest.
     *
     * @param status as of HTTP: 200, or the problem's
     * @param json   the report or the problem
     */
    record Answer(int status, String json) {
    }

    /** How far the backtest is that runs; total is 0 as long as it is not known. */
    record Progress(long done, long total) {
    }

    /**
     * Runs one to its end.
     *
     * @param json the body of {@code POST /v1/rules/backtest}
     */
    Answer run(String json);

    /** How far it is; may be asked while {@link #run} has not ended. */
    Progress progress();

    @Override
    void close();
}
