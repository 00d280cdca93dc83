package conduit.flow;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import conduit.json.Json;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message's content as it goes into {@code conduit.failed}, whole.
 *
 * @param member  the name that it has there
 * @param content text; or bytes in Base64; or a map's or stream's values as JSON
 */
record OriginalMessage(String member, String content) {

    private static final String TEXT = "original";
    private static final String BYTES = "originalBase64";

    static OriginalMessage of(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return new OriginalMessage(TEXT, text.getText() == null ? "" : text.getText());
        }
        if (message instanceof MapMessage map) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Enumeration<?> names = map.getMapNames(); names.hasMoreElements();) {
                String name = names.nextElement().toString();
                values.put(name, map.getObject(name));
            }
            return new OriginalMessage(TEXT, Json.write(values));
        }
        if (message instanceof StreamMessage stream) {
            return new OriginalMessage(TEXT, Json.write(values(stream)));
        }
        return new OriginalMessage(BYTES, Base64.getEncoder().encodeToString(bytes(message)));
    }

    private static List<Object> values(StreamMessage stream) throws JMSException {
        List<Object> values = new ArrayList<>();
        try {
            while (true) {
                values.add(stream.readObject());
            }
        } catch (MessageEOFException e) {
            return values;
        }
    }

    private static byte[] bytes(Message message) throws JMSException {
        if (message instanceof BytesMessage binary) {
            byte[] bytes = new byte[Math.toIntExact(binary.getBodyLength())];
            binary.readBytes(bytes);
            return bytes;
        }
        if (message instanceof ActiveMQMessage other && other.getCoreMessage().getBodyBufferSize() > 0) {
            // An object's own bytes: to read the object would run its sender's choice of code.
            ActiveMQBuffer buffer = other.getCoreMessage().getReadOnlyBodyBuffer();
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            return bytes;
        }
        return new byte[0];
    }
}
