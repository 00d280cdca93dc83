package conduit.json;

import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import java.time.Instant;
import java.time.LocalDate;

/** Writes instants and dates as ISO 8601 text. */
final class TimeModule extends SimpleModule {

    private static final long serialVersionUID = 1;

    TimeModule() {
        addSerializer(Instant.class, ToStringSerializer.instance);
        addSerializer(LocalDate.class, ToStringSerializer.instance);
    }
}
