package conduit.bench;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The same client against npm's {@code @portkey-ai/gateway}, which only proxies: what it adds to an upstream that
 * answers at once, for comparison with {@link RouteBench}. Needs npm and its registry; skipped without them.
 */
public final class GatewayBench {

    private static final String PACKAGE = "@portkey-ai/gateway@1.15.2";
    private static final int WARM_UP = Integer.getInteger("bench.warmup", 4_000);
    private static final int BLOCKS = Integer.getInteger("bench.blocks", 10);
    private static final int BLOCK = 300;
    private static final int CONNECTIONS = 8;
    private static final int BURST = 150;
    private static final byte[] ANSWER = ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,"
            + "\"model\":\"stub\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}")
            .getBytes(StandardCharsets.UTF_8);

    private GatewayBench() {
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("conduit-gateway");
        try {
            if (!install(folder)) {
                System.out.println("Skipped: npm is not here, or can't install " + PACKAGE + ".");
                return;
            }
            measure(folder);
        } finally {
            BenchServer.delete(folder);
        }
    }

    private static boolean install(Path folder) throws InterruptedException {
        try {
            return new ProcessBuilder("npm", "install", "--silent", "--prefix", folder.toString(), PACKAGE)
                    .redirectErrorStream(true).redirectOutput(folder.resolve("npm.log").toFile()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void measure(Path folder) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        upstream.setExecutor(Executors.newFixedThreadPool(CONNECTIONS));
        upstream.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        upstream.start();
        int port = BenchServer.freePort();
        Process gateway = new ProcessBuilder("node", folder.resolve(
                "node_modules/@portkey-ai/gateway/build/start-server.js").toString(), "--port=" + port, "--headless")
                .redirectErrorStream(true).redirectOutput(folder.resolve("gateway.log").toFile()).start();
        try {
            compare(upstream.getAddress().getPort(), port);
        } finally {
            gateway.destroy();
            gateway.waitFor(10, TimeUnit.SECONDS);
            upstream.stop(0);
            ((java.util.concurrent.ExecutorService) upstream.getExecutor()).shutdownNow();
        }
    }

    private static void compare(int upstream, int gateway) throws Exception {
        String prompt = "The quick brown fox jumps over the lazy dog. ".repeat(5).substring(0, 200);
        byte[] request = HttpLoad.post("/v1/chat/completions", "{\"model\":\"stub\",\"messages\":[{\"role\":\"user\","
                + "\"content\":\"" + prompt + "\"}]}", "x-portkey-provider: openai", "Authorization: Bearer none",
                "x-portkey-custom-host: http://127.0.0.1:" + upstream + "/v1");
        awaitAnswer(gateway, request);
        HttpLoad.burst(gateway, request, CONNECTIONS, WARM_UP / CONNECTIONS);
        HttpLoad.burst(upstream, request, CONNECTIONS, WARM_UP / CONNECTIONS);
        Samples[] one = {new Samples(), new Samples()};
        Samples[] perSecond = {new Samples(), new Samples()};
        try (HttpLoad through = new HttpLoad(gateway); HttpLoad direct = new HttpLoad(upstream)) {
            for (int i = 0; i < BLOCKS; i++) {
                one[0].addAll(through.repeat(request, BLOCK));
                one[1].addAll(direct.repeat(request, BLOCK));
            }
        }
        for (int i = 0; i < BLOCKS; i++) {
            perSecond[0].add(HttpLoad.burst(gateway, request, CONNECTIONS, BURST).perSecond());
            perSecond[1].add(HttpLoad.burst(upstream, request, CONNECTIONS, BURST).perSecond());
        }
        Table.title(PACKAGE + ", " + BLOCKS * BLOCK + " calls each at concurrency 1, "
                + BLOCKS * BURST * CONNECTIONS + " at " + CONNECTIONS);
        Table.head("", "p50 ms at 1", "p99 ms at 1", "1/s at " + CONNECTIONS);
        row("through the gateway", one[0], perSecond[0]);
        row("its upstream directly", one[1], perSecond[1]);
        Table.row("added", Samples.text("%.2f", one[0].at(0.5) - one[1].at(0.5)),
                Samples.text("%.2f", one[0].at(0.99) - one[1].at(0.99)), "");
    }

    private static void awaitAnswer(int port, byte[] request) throws Exception {
        for (int i = 0; i < 200; i++) {
            try (HttpLoad connection = new HttpLoad(port)) {
                HttpLoad.Reply reply = connection.send(request);
                if (reply.status() == 200) {
                    return;
                }
                throw new IllegalStateException("the gateway answered " + reply.status() + ": " + reply.body());
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IOException("the gateway did not start");
    }

    private static void row(String name, Samples one, Samples perSecond) {
        Table.row(name, Samples.text("%.2f", one.at(0.5)), Samples.text("%.2f", one.at(0.99)),
                perSecond.range("%.0f"));
    }
}
