package conduit.cli;

/** Where the API answers: a server, or the database itself. */
public interface Place extends AutoCloseable {

    /**
     * Makes one call of the API and waits for its end.
     *
     * @param path behind {@code /v1/}
     * @param json the body, or null for none
     */
    Backtests.Answer call(String method, String path, String json);

    /** How far the work is that runs; may be asked while {@link #call} has not ended. */
    Backtests.Progress progress();

    @Override
    void close();
}
