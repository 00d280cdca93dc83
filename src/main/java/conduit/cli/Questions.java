package conduit.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The options of words that ask the API, and how they ask. */
final class Questions {

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

    ObjectNode get(World world, String path) {
        return new Reach(world, url, world.answers(), "row").ask("GET", path, null);
    }

    ObjectNode post(World world, String path, String body) {
        return new Reach(world, url, world.answers(), "row").ask("POST", path, body);
    }

    /** A text as it stands in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
