package conduit.flow;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;

import java.time.Duration;
import java.util.List;

/** Lets HTTP callers follow an answer while it is written. */
public final class EventStreams {

    /** Shorter than the time after which proxies close a connection on which nothing comes. */
    public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private static final String EVENTS = "text/event-stream";
    private static final List<String> JSON = List.of("application/json", "application/*", "*/*");

    private final Duration beat;

    /** @param beat how often who waits gets a sign of life */
    public EventStreams(Duration beat) {
        this.beat = beat;
    }

    /** Makes a caller who asks for events the exchange's listener. */
    public void listen(Exchange exchange) {
        HttpServerRequest request = ((HttpMessage) exchange.getMessage()).getRequest();
        if (!isAskedFor(String.join(",", request.headers().getAll("Accept")))) {
            return;
        }
        EventStream stream = new EventStream(request, Vertx.currentContext(), beat);
        exchange.setProperty(Carried.LISTENER, stream);
        exchange.setProperty(Carried.REPLY, stream);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                stream.abandon();
            }
        });
    }

    /** Sends the head of the exchange's stream, if it has one. */
    public void begin(Exchange exchange) {
        if (exchange.getProperty(Carried.REPLY) instanceof EventStream stream) {
            stream.begin();
        }
    }

    /** Whether an Accept header names events, and JSON not before them or with a higher weight. */
    static boolean isAskedFor(String accept) {
        List<MediaRange> ranges = MediaRange.list(accept);
        MediaRange events = first(ranges, EVENTS);
        if (events == null || events.weight() == 0) {
            return false;
        }
        MediaRange json = JSON.stream().map(name -> first(ranges, name)).filter(range -> range != null).findFirst()
                .orElse(null);
        return json == null || events.weight() > json.weight() || events.weight() == json.weight()
                && (json.isWild() || ranges.indexOf(events) < ranges.indexOf(json));
    }

    private static MediaRange first(List<MediaRange> ranges, String name) {
        return ranges.stream().filter(range -> range.name().equals(name)).findFirst().orElse(null);
    }
}
