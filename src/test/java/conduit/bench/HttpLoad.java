package conduit.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One kept-alive HTTP/1.1 connection over loopback, with as little work a request as can be: the client shares the
 * processors with what it measures.
 */
final class HttpLoad implements AutoCloseable {

    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** An answer's status and body. */
    record Reply(int status, String body) {
    }

    HttpLoad(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** The bytes of a request with a JSON body; further headers are whole lines without their ends. */
    static byte[] post(String path, String json, String... headers) {
        return write("POST", path, json, headers);
    }

    static byte[] put(String path, String json) {
        return write("PUT", path, json);
    }

    private static byte[] write(String method, String path, String json, String... headers) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    Reply send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
                chunked = true;
            }
        }
        return new Reply(status, new String(chunked ? chunks() : exactly(length), StandardCharsets.UTF_8));
    }

    /** Sends a request for a stream; returns the milliseconds until a line holds a word, and reads on until another one does. */
    double until(byte[] request, String word, String last) throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write(request);
        double first = 0;
        while (true) {
            String line = line();
            if (first == 0 && line.contains(word)) {
                first = (System.nanoTime() - start) / 1e6;
            }
            if (line.contains(last)) {
                return first;
            }
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer was cut off");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    /** Sends the same request a number of times and returns each latency in milliseconds; any status but 200 ends it. */
    Samples repeat(byte[] request, int times) throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            Reply reply = send(request);
            samples.add((System.nanoTime() - start) / 1e6);
            if (reply.status() != 200) {
                throw new IOException("answered " + reply.status() + ": " + reply.body());
            }
        }
        return samples;
    }

    /** The latencies of many connections at once, and what they took together. */
    record Burst(Samples latencies, double seconds) {
        double perSecond() {
            return latencies.size() / seconds;
        }
    }

    /** Sends the request a number of times on each of several connections, one thread each. */
    static Burst burst(int port, byte[] request, int connections, int timesEach) throws Exception {
        return together(connections, () -> {
            try (HttpLoad connection = new HttpLoad(port)) {
                return connection.repeat(request, timesEach);
            }
        });
    }

    /** Runs the same work on several threads and times it from the first start to the last end. */
    static Burst together(int threads, Callable<Samples> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<Samples>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(work));
            }
            Samples samples = new Samples();
            for (Future<Samples> one : all) {
                samples.addAll(one.get());
            }
            return new Burst(samples, (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
