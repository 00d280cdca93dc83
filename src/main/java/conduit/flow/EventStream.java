package conduit.flow;

import conduit.claude.Listener;
import conduit.json.Json;
import conduit.ledger.Answer;
import conduit.problem.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

import java.time.Duration;
import java.util.Map;

/**
 * An HTTP response that is written as server-sent events while the answer comes. All of it is written by the event loop
 * of its connection, in the order in which it was asked for. At most one delta is on its way at a time: what comes
 * meanwhile goes into the next one, so a slow client gets fewer and longer ones, and nobody waits for it. The response has
 * ended when Camel looks at it, and Camel leaves a response that has ended alone.
 */
final class EventStream implements Listener {

    /** A slice that is taken is progress. */
    private static final int SLICE = 64 << 10;
    private static final int BEATS_WITHOUT_PROGRESS = 2;
    private static final long CANCEL = 8;

    private enum Phase { NOT_BEGUN, OPEN, ENDED }

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final long timer;

    // Guarded by this; no method of the connection may be called meanwhile, as it has a lock of its own.
    private final StringBuilder unsent = new StringBuilder();
    private Phase phase = Phase.NOT_BEGUN;
    private boolean hasText;
    private boolean writing;
    private long taken;
    private long takenBefore;
    private int withoutProgress;

    private volatile boolean stuck;

    /**
     * @param loop the connection's context
     * @param beat after which time a sign of life is sent; a client that takes nothing for two of them is gone
     */
    EventStream(HttpServerRequest request, Context loop, Duration beat) {
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.timer = loop.owner().setPeriodic(beat.toMillis(), id -> loop.runOnContext(none -> beat()));
    }

    /** Sends the head, if that is not done: from now on also a failure is an event. */
    synchronized void begin() {
        if (phase == Phase.NOT_BEGUN) {
            phase = Phase.OPEN;
            loop.runOnContext(none -> head());
        }
    }

    @Override
    public synchronized void text(String piece) {
        if (phase != Phase.ENDED && !piece.isEmpty()) {
            begin();
            hasText = true;
            unsent.append(piece);
            loop.runOnContext(none -> delta());
        }
    }

    @Override
    public boolean isGone() {
        return stuck || response.closed();
    }

    /** Ends the stream with the answer; where no piece of it was sent, as one that was stored, all of it is one delta. */
    synchronized void end(Answer answer) {
        begin();
        if (!hasText) {
            unsent.append(answer.text());
        }
        end(event("response", answer.json()));
    }

    /** Ends the stream with a problem; false if nothing was sent yet: then it is to be answered as ever. */
    synchronized boolean end(Problem problem) {
        if (phase != Phase.OPEN) {
            abandon();
            return false;
        }
        end(event("problem", Json.write(problem.toMap())));
        return true;
    }

    private void end(String event) {
        if (phase == Phase.OPEN) {
            phase = Phase.ENDED;
            String last = unsent.isEmpty() ? event : delta(unsent.toString()) + event;
            loop.runOnContext(none -> finish(last));
        }
    }

    /** Cleans up behind a call that did not come to its end. */
    synchronized void abandon() {
        if (phase == Phase.ENDED) {
            return;
        }
        boolean open = phase == Phase.OPEN;
        phase = Phase.ENDED;
        loop.owner().cancelTimer(timer);
        if (open) {
            loop.runOnContext(none -> response.reset(CANCEL));
        }
    }

    private void head() {
        if (!response.ended()) {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store")
                    .putHeader("X-Accel-Buffering", "no");
            send(": accepted\n\n");
        }
    }

    private void delta() {
        String text;
        synchronized (this) {
            int length = unsent.length();
            // The other half of the character comes with the next piece.
            if (length > 0 && Character.isHighSurrogate(unsent.charAt(length - 1))) {
                length--;
            }
            if (phase != Phase.OPEN || writing || length == 0) {
                return;
            }
            text = unsent.substring(0, length);
            unsent.delete(0, length);
        }
        send(delta(text));
    }

    private void finish(String last) {
        if (response.ended()) {
            loop.owner().cancelTimer(timer);
            return;
        }
        send(last);
        response.end().onComplete(done -> {
            loop.owner().cancelTimer(timer);
            if (request.version() == HttpVersion.HTTP_1_0) {
                // There the end of the connection is the end of the body.
                request.connection().close();
            }
        });
    }

    private void send(String events) {
        if (response.ended()) {
            return;
        }
        synchronized (this) {
            writing = true;
        }
        Buffer bytes = Buffer.buffer(events);
        Future<Void> written = null;
        for (int from = 0; from < bytes.length(); from += SLICE) {
            written = response.write(bytes.slice(from, Math.min(bytes.length(), from + SLICE)));
            written.onComplete(done -> progress());
        }
        written.onComplete(done -> {
            synchronized (this) {
                writing = false;
            }
            delta();
        });
    }

    private synchronized void progress() {
        taken++;
    }

    private void beat() {
        boolean idle;
        synchronized (this) {
            begin();
            withoutProgress = writing && taken == takenBefore ? withoutProgress + 1 : 0;
            takenBefore = taken;
            idle = !writing && phase == Phase.OPEN;
        }
        if (withoutProgress >= BEATS_WITHOUT_PROGRESS) {
            stuck = true;
            cut();
        } else if (idle && !response.closed()) {
            loop.runOnContext(none -> send(": working\n\n"));
        }
    }

    /** Lets go of the client at once: every handler of the connection would first write what the client does not read. */
    private void cut() {
        loop.owner().cancelTimer(timer);
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset(CANCEL);
        } else if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().pipeline().firstContext().close();
        } else {
            request.connection().close();
        }
    }

    private static String delta(String text) {
        return event("delta", Json.write(Map.of("text", text)));
    }

    private static String event(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }
}
