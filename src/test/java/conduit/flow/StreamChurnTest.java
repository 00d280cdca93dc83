package conduit.flow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import conduit.ConduitRig;
import conduit.flow.EventReader.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Many streams at once, of which some are left at any moment: who stays has his answer, and nothing is left behind. */
class StreamChurnTest {

    private static final int CALLERS = 30;

    @Test
    void whoLeavesSpoilsNothingForWhoStays(@TempDir Path home) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try (ConduitRig conduit = ConduitRig.in(home).set("conduit.http.line", "100").start()) {
            root.addAppender(log);
            List<Future<List<Event>>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String id = "churn-" + i;
                int leavesAfter = i % 3 == 0 ? new Random(i).nextInt(300) : -1;
                all.add(callers.submit(call(conduit, id, leavesAfter)));
            }
            for (int i = 0; i < CALLERS; i++) {
                List<Event> events = all.get(i).get();
                if (i % 3 != 0) {
                    assertThat(events.get(events.size() - 1).name()).isEqualTo("response");
                    assertThat(EventReader.text(events)).contains("number churn " + i);
                }
            }
            eventually(() -> {
                assertThat(conduit.query("select * from requests where state not in ('completed', 'failed')")).isEmpty();
                assertThat(conduit.query("select * from reservations where state = 'held'")).isEmpty();
            });
            assertThat(conduit.query("select * from usage_tracking").size()).isBetween(CALLERS * 2 / 3, CALLERS);
        } finally {
            root.detachAppender(log);
            callers.shutdownNow();
        }
        // Camel Exec tells of each process that was ended.
        assertThat(log.list).filteredOn(event -> event.getLevel() == Level.ERROR
                && !event.getLoggerName().contains(".exec.")).isEmpty();
    }

    /** @param leavesAfter bytes of the response, or -1 to stay to the end */
    private static Callable<List<Event>> call(ConduitRig conduit, String id, int leavesAfter) {
        return () -> {
            URI uri = conduit.request("/").build().uri();
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                String body = "{\"id\":\"" + id + "\",\"prompt\":\"number " + id.replace('-', ' ') + "\"}";
                socket.getOutputStream().write(("POST /v1/complete HTTP/1.0\r\nAccept: text/event-stream\r\nContent-Type: "
                        + "application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
                if (leavesAfter >= 0) {
                    socket.getInputStream().readNBytes(leavesAfter);
                    return List.of();
                }
                String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new EventReader(new java.io.ByteArrayInputStream(response.substring(response.indexOf("\r\n\r\n") + 4)
                        .getBytes(StandardCharsets.UTF_8))).rest();
            }
        };
    }
}
