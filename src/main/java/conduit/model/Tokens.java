package conduit.model;

/** Token counts of one or more calls, as the API bills them; none is negative. */
public record Tokens(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {

    public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

    public Tokens {
        if (input < 0 || output < 0 || cacheRead < 0 || cacheWrite5m < 0 || cacheWrite1h < 0) {
            throw new IllegalArgumentException("a token count is negative");
        }
    }

    public static Tokens of(long input, long output) {
        return new Tokens(input, output, 0, 0, 0);
    }

    public long cacheWrite() {
        return cacheWrite5m + cacheWrite1h;
    }

    /** All that was sent to the model, however it is billed. */
    public long prompt() {
        return input + cacheRead + cacheWrite();
    }

    public long total() {
        return input + output + cacheRead + cacheWrite();
    }

    public Tokens plus(Tokens other) {
        return new Tokens(input + other.input, output + other.output, cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m, cacheWrite1h + other.cacheWrite1h);
    }
}
