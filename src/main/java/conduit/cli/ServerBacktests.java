package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Backtests of a running server. */
final class ServerBacktests implements Backtests {

    private static final String PATH = "rules/backtest";

    private final Loopback server;

    private ServerBacktests(Loopback server) {
        this.server = server;
    }

    /** The server at an address, or nothing where none answers. */
    static Optional<Backtests> at(String url) {
        Loopback server = Loopback.at(url);
        try {
            server.get(PATH);
            return Optional.of(new ServerBacktests(server));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Answer run(String json) {
        try {
            HttpResponse<String> response = server.post(PATH, json);
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new Unable("The server at " + server.resolve(PATH) + " went away before the backtest was done. Ask again.");
        }
    }

    @Override
    public Progress progress() {
        try {
            JsonNode state = Json.tree(server.get(PATH).body());
            return new Progress(state.path("done").asLong(), state.path("total").asLong());
        } catch (IOException | RuntimeException e) {
            // How far it is nobody needs to know.
            return new Progress(0, 0);
        }
    }

    @Override
    public void close() {
        // Its threads are daemons and end with the call.
    }
}
