package conduit.cli;

import conduit.settings.Keys;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The API of a running server. */
final class Loopback {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();

    private Loopback(URI address) {
        this.address = address;
    }

    /** The API at an address that a user gave. */
    static Loopback at(String url) {
        try {
            URI address = URI.create(url.replaceFirst("/+$", "") + "/v1/");
            if (address.getHost() != null && address.getScheme().matches("https?")) {
                return new Loopback(address);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new Misuse("--url is \"" + url + "\"; it must be an address such as http://127.0.0.1:8080.");
    }

    /** Where the settings say that a server listens. */
    static String url(Keys keys) {
        String host = keys.text("conduit.http.host");
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + keys.text("conduit.http.port");
    }

    /** @param path behind {@code /v1/} */
    URI resolve(String path) {
        return address.resolve(path);
    }

    /** A call that answers at once. */
    HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(resolve(path)).timeout(PATIENCE).build());
    }

    /** The same of one that may take its time. */
    HttpResponse<String> ask(String path) throws IOException {
        return send(HttpRequest.newBuilder(resolve(path)).build());
    }

    /** A call that may take its time. */
    HttpResponse<String> post(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(resolve(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
