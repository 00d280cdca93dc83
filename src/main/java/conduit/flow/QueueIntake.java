package conduit.flow;

import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.request.Inlet;
import conduit.request.RequestParser;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes queue messages in: reads the message itself, not Camel's headers, and removes those. */
public final class QueueIntake {

    private final RequestParser parser;
    private final Watch watch;

    public QueueIntake(RequestParser parser, Watch watch) {
        this.parser = parser;
        this.watch = watch;
    }

    /**
     * Makes the body the request that the message holds. Its id, if it names none, is made of the message's own, so
     * that a message that is delivered again is the same request.
     */
    public void request(Exchange exchange) throws JMSException, InterruptedException {
        watch.awaitStore(() -> exchange.getContext().isStopping());
        Message message = exchange.getMessage(JmsMessage.class).getJmsMessage();
        exchange.setProperty(Carried.INLET, Inlet.QUEUE.text());
        String correlation = message.getJMSCorrelationID() != null ? message.getJMSCorrelationID()
                : message.getJMSMessageID();
        boolean isText = message instanceof TextMessage;
        Destination replyTo = message.getJMSReplyTo();
        boolean loops = replyTo instanceof Queue queue && queue.getQueueName().equals("conduit.requests");
        exchange.setProperty(Carried.REPLY, new QueueReply(loops ? null : replyTo, correlation,
                OriginalMessage.of(message)));
        exchange.getMessage().removeHeaders("*");
        if (!isText) {
            throw Problem.field("body", "The message is not a text message; it must be one that holds a request in "
                    + "JSON.").asException();
        }
        if (loops) {
            throw new Problem(Kind.BAD_REQUEST, "JMSReplyTo is conduit.requests itself; it must be another queue.",
                    java.util.Map.of("field", "JMSReplyTo")).asException();
        }
        String text = ((TextMessage) message).getText();
        exchange.getMessage().setBody(parser.json(text == null ? "" : text,
                new RequestParser.Origin(Inlet.QUEUE, id(message.getJMSMessageID()), null)));
        exchange.setProperty(Carried.READ, true);
    }

    private static String id(String messageId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(messageId.getBytes(StandardCharsets.UTF_8));
            return "queue-" + HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
