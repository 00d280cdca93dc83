package conduit.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import conduit.problem.ProblemException;

import java.util.function.Supplier;

/**
 * How a word reaches what it asks: the server that runs, or the database itself where none runs.
 *
 * @param url    where the server listens, or null for that of the settings' home
 * @param direct the database itself
 * @param thing  what is counted while it waits, such as "row"
 */
record Reach(World world, String url, Supplier<Place> direct, String thing) {

    /**
     * Makes a call and returns its answer.
     *
     * @throws Misuse if what was asked for is not there or can't be meant so
     * @throws Unable if it can't be done
     */
    ObjectNode ask(String method, String path, String body) {
        try (Place place = open()) {
            Backtests.Answer answer = new Watched(place::progress, thing, world).await(() -> place.call(method, path, body));
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

    private Place open() {
        if (url != null) {
            return ServerPlace.at(url).orElseThrow(() -> new Unable("No server answers at " + url + ". Start it, or "
                    + "leave --url out for the database itself."));
        }
        return ServerPlace.ofHome(world.keys()).orElseGet(() -> {
            world.note("No server answers, so the database itself is asked.");
            return direct.get();
        });
    }

    private static ObjectNode object(Backtests.Answer answer) {
        try {
            return Json.object(answer.json());
        } catch (ProblemException e) {
            throw new Unable("What answers there is no Conduit of this version (status " + answer.status()
                    + "). Say with --url where Conduit listens.");
        }
    }
}
