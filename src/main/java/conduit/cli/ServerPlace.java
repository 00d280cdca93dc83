package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;
import conduit.problem.ProblemException;
import conduit.settings.Keys;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The API of a running server. */
final class ServerPlace implements Place {

    private final Loopback server;

    private ServerPlace(Loopback server) {
        this.server = server;
    }

    /** The server at an address, or nothing where none answers. */
    static Optional<Place> at(String url) {
        Loopback server = Loopback.at(url);
        try {
            server.get("backups");
            return Optional.of(new ServerPlace(server));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The server of the home that the settings name, or nothing where none answers.
     *
     * @throws Unable if what answers there is that of another home
     */
    static Optional<Place> ofHome(Keys keys) {
        String url = Loopback.url(keys);
        Loopback server = Loopback.at(url);
        try {
            JsonNode answer = Json.object(server.get("backups").body());
            Path home = keys.path("conduit.home");
            if (answer.path("node").isMissingNode() && answer.has("detail")) {
                throw new Unable("The server at " + url + " says: " + answer.path("detail").asText());
            }
            if (!answer.path("node").asText().equals(node(home))) {
                throw new Unable("The server at " + url + " is not that of " + home + ". Set conduit.home to the folder of "
                        + "that server, or conduit.http.port to where that of this folder listens, or name the server "
                        + "that you mean with --url.");
            }
            return Optional.of(new ServerPlace(server));
        } catch (IOException e) {
            return Optional.empty();
        } catch (ProblemException e) {
            throw new Unable("What answers at " + url + " is no Conduit. Set conduit.http.port to where Conduit listens, or "
                    + "say it with --url.");
        }
    }

    /** The name of the Conduit of a home, null where none was started yet. */
    private static String node(Path home) {
        try {
            return Files.readString(home.resolve("h2-data/node"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public Backtests.Answer call(String method, String path, String json) {
        try {
            HttpResponse<String> response = method.equals("GET") ? server.ask(path) : server.post(path, json);
            return new Backtests.Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new Unable("The server at " + server.resolve(path) + " went away before that was done." + (method.equals("GET")
                    ? " Ask again." : " What it began is done whole or not at all; look with backup list."));
        }
    }

    @Override
    public Backtests.Progress progress() {
        try {
            JsonNode work = Json.tree(server.get("backups").body()).path("work");
            return new Backtests.Progress(work.path("done").asLong(), work.path("total").asLong());
        } catch (IOException | RuntimeException e) {
            // How far it is nobody needs to know.
            return new Backtests.Progress(0, 0);
        }
    }

    @Override
    public void close() {
        // Its threads are daemons and end with the call.
    }
}
