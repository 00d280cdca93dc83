package conduit.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import conduit.problem.ProblemException;
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
        try (Place place = open(world, make)) {
            Backtests.Answer answer = new Watched(place::progress, "row", world)
                    .await(() -> place.call(method, path, body));
            ObjectNode object = object(answer);
            if (answer.status() / 100 == 2) {
                return object;
            }
            String detail = object.path("detail").asText("the answer has status " + answer.status())
                    .replace("GET /v1/backups", "backup list");
            if (answer.status() == 400 || answer.status() == 404) {
                throw new Misuse(detail);
            }
            throw new Unable(detail);
        }
    }

    private Place open(World world, boolean make) {
        if (url != null) {
            return ServerPlace.at(url).orElseThrow(() -> new Unable("No server answers at " + url + ". Start it, or "
                    + "leave --url out for the database itself."));
        }
        return ServerPlace.ofHome(world.keys()).orElseGet(() -> {
            world.note("No server answers, so the database itself is asked.");
            return world.backups().apply(make);
        });
    }

    private static ObjectNode object(Backtests.Answer answer) {
        try {
            return Json.object(answer.json());
        } catch (ProblemException e) {
            throw new Unable("What answers there is no Conduit that knows backups (status " + answer.status()
                    + "). Say with --url where Conduit listens.");
        }
    }
}
