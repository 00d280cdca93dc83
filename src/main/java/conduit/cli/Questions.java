package conduit.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The options of words that ask the API, and how they ask. */
final class Questions {

    @Mixin
    private Common common;

    @Option(names = "--url", paramLabel = "URL", description = "Where the server listens; the database is not tried "
            + "then. By default what conduit.http.host and conduit.http.port say, if it is that of conduit.home.")
    private String url;

    boolean json() {
        return common.json();
    }

    ObjectNode get(World world, String path) {
        return ask(world, world.answers(), "GET", path, null);
    }

    ObjectNode post(World world, String path, String body) {
        return ask(world, world.answers(), "POST", path, body);
    }

    /** @param direct what is asked where no server answers */
    ObjectNode ask(World world, Supplier<Place> direct, String method, String path, String body) {
        return new Reach(world, url, direct, "row").ask(method, path, body);
    }

    /** A text as it stands in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
