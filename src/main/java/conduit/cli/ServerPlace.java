package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Backups of a running server. */
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

    @Override
    public Backtests.Answer call(String method, String path, String json) {
        try {
            HttpResponse<String> response = method.equals("GET") ? server.get(path) : server.post(path, json);
            return new Backtests.Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new Unable("The server at " + server.resolve(path) + " went away before that was done. What it began is "
                    + "done whole or not at all; look with backup list.");
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
