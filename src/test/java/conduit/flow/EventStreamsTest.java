package conduit.flow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets events: nobody who takes JSON as well, or anything, and did not say that events are better. */
class EventStreamsTest {

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "TEXT/Event-Stream", "text/event-stream, application/json",
            "text/event-stream;q=0.9, application/json;q=0.8", "application/json;q=0.5, text/event-stream",
            "text/html, text/event-stream; charset=utf-8; q=1.0, */*;q=0.1", "*/*, text/event-stream",
            "text/event-stream, */*", "text/event-stream;q=0.3, application/json;q=0", " ,text/event-stream,",
            "text/event-stream;q=nonsense"})
    void eventsAreMeant(String accept) {
        assertThat(EventStreams.isAskedFor(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "application/json", "text/*", "application/json, text/event-stream",
            "text/event-stream;q=0.5, application/json", "text/event-stream;q=0", "text/event-stream;q=0.5, */*",
            "application/*, text/event-stream;q=0.9", "text/event-streams", "text/plain;x=text/event-stream", ";;;,=,"})
    void jsonIsMeant(String accept) {
        assertThat(EventStreams.isAskedFor(accept)).isFalse();
    }
}
