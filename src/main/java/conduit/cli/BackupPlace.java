package conduit.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** The options of all words about backups, and how they reach what they ask. */
final class BackupPlace {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    @Option(names = "--url", paramLabel = "URL", description = "Where the server listens; the database is not tried "
            + "then. By default what conduit.http.host and conduit.http.port say, if it is that of conduit.home.")
    private String url;

    boolean json() {
        return json;
    }

    /**
     * Makes a call and returns its answer.
     *
     * @param make whether a database is made where there is none
     */
    ObjectNode ask(World world, boolean make, String method, String path, String body) {
        return new Reach(world, url, () -> world.backups().apply(make), "row").ask(method, path, body);
    }
}
