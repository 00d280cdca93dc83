package conduit.cli;

import conduit.settings.Keys;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a command may use of the world around it.
 *
 * @param out      for what was asked
 * @param err      for progress and messages
 * @param terminal whether a person sees {@code err} as it is written
 * @param clock    in Conduit's zone
 * @param database backtests without a server; throws {@link Unable} if it can't be opened
 * @param backups  backups without a server; given true, it makes a database where there is none; throws {@link Unable} if
 *                 there can't be one
 * @param answers  the API's answers without a server; throws {@link Unable} if there is no database
 * @param version  Conduit's
 */
public record World(InputStream in, PrintStream out, PrintStream err, boolean terminal, Keys keys, Clock clock,
                    Supplier<Backtests> database, Function<Boolean, Place> backups,
                    Supplier<Place> answers, String version) {

    /** Prints one line of an answer; what would break the line or move the cursor becomes a space. */
    void say(Object line) {
        out.println(oneLine(line));
    }

    /** Prints one line beside the answer. */
    void note(Object line) {
        err.println(oneLine(line));
    }

    private static String oneLine(Object line) {
        return String.valueOf(line).replaceAll("\\p{Cntrl}+", " ");
    }
}
