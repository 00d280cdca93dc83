package conduit;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

import java.util.Collections;

/** An outside client of the broker's loopback port, for one thread. */
public final class QueueClient implements AutoCloseable {

    public static final String REQUESTS = "conduit.requests";
    public static final String REPLIES = "conduit.replies";
    public static final String FAILED = "conduit.failed";
    private static final long PATIENCE_MS = 30_000;
    private static final long GLANCE_MS = 500;

    private final ActiveMQConnectionFactory factory;
    private final Connection connection;
    private final Session session;

    public QueueClient(String url) throws JMSException {
        factory = new ActiveMQConnectionFactory(url);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    public Session session() {
        return session;
    }

    public void send(Message message) throws JMSException {
        try (var producer = session.createProducer(session.createQueue(REQUESTS))) {
            producer.send(message);
        }
    }

    /** Sends a text with a correlation id and, unless null, a place for the reply; returns its message id. */
    public String send(String text, String correlation, Destination replyTo) throws JMSException {
        TextMessage message = session.createTextMessage(text);
        message.setJMSCorrelationID(correlation);
        message.setJMSReplyTo(replyTo);
        send(message);
        return message.getJMSMessageID();
    }

    /** The message with this correlation id, which is taken off the queue; null if none comes. */
    public TextMessage receive(Destination from, String correlation) throws JMSException {
        return receive(from, correlation, PATIENCE_MS);
    }

    public TextMessage receive(String queue, String correlation) throws JMSException {
        return receive(session.createQueue(queue), correlation);
    }

    /** As {@link #receive}, for a message that is there already or not at all. */
    public TextMessage glance(Destination from, String correlation) throws JMSException {
        return receive(from, correlation, GLANCE_MS);
    }

    private TextMessage receive(Destination from, String correlation, long patience) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(from, "JMSCorrelationID = '" + correlation + "'")) {
            return (TextMessage) consumer.receive(patience);
        }
    }

    public static JsonNode json(TextMessage message) throws Exception {
        return ConduitRig.JSON.readTree(message.getText());
    }

    /** How many messages wait in a queue. */
    public int waiting(String queue) throws JMSException {
        Queue of = session.createQueue(queue);
        try (QueueBrowser browser = session.createBrowser(of)) {
            return Collections.list(browser.getEnumeration()).size();
        }
    }

    @Override
    public void close() throws JMSException {
        connection.close();
        factory.close();
    }
}
