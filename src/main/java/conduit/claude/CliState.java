package conduit.claude;

/** What a {@link CliCheck} found the CLI to be. */
public sealed interface CliState {

    /**
     * Fit for calls.
     *
     * @param version as the CLI tells it, such as {@code 2.1.330}
     */
    record Sound(String version) implements CliState {
    }

    /**
     * Not fit for calls.
     *
     * @param reason what is wrong and the way out, in one line without paths
     */
    record Unsound(Fault fault, String reason) implements CliState {
    }

    /** What can be wrong. */
    enum Fault { MISSING, NOT_EXECUTABLE, NO_ANSWER, UNKNOWN_VERSION, NO_CREDENTIALS, NO_SPARE }
}
