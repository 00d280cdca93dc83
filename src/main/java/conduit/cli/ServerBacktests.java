package conduit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import conduit.json.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Backtests of a running server. */
final class ServerBacktests implements Backtests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();

    private ServerBacktests(URI address) {
        this.address = address;
    }

    /** The server at an address, or nothing where none answers. */
    static Optional<Backtests> at(String url) {
        ServerBacktests server = new ServerBacktests(address(url));
        try {
            server.state();
            return Optional.of(server);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static URI address(String url) {
        try {
            URI address = URI.create(url.replaceFirst("/+$", "") + "/v1/rules/backtest");
            if (address.getHost() != null && address.getScheme().matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new Misuse("--url is \"" + url + "\"; it must be an address such as http://127.0.0.1:8080.");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private HttpResponse<String> state() throws IOException {
        return send(HttpRequest.newBuilder(address).timeout(PATIENCE).build());
    }

    @Override
    public Answer run(String json) {
        try {
            HttpResponse<String> response = send(HttpRequest.newBuilder(address).header("Content-Type",
                    "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new Unable("The server at " + address + " went away before the backtest was done. Ask again.");
        }
    }

    @Override
    public Progress progress() {
        try {
            JsonNode state = Json.tree(state().body());
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
