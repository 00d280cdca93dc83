package conduit.flow;

import conduit.api.Result;
import conduit.files.Outbox;
import conduit.json.Json;
import conduit.ledger.Answer;
import conduit.ledger.Completion;
import conduit.ledger.Ledger;
import conduit.problem.Problem;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives what came of a request back to where it came from. */
public final class Delivery {

    private final Outbox outbox;

    public Delivery(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Makes the body the answer of a completion.
     *
     * @throws conduit.problem.ProblemException if the call failed
     */
    public Answer answer(Completion completion) {
        if (!completion.isAnswered()) {
            throw Ledger.problem(completion).asException();
        }
        return Answer.of(completion);
    }

    /** Writes the HTTP response. */
    public void http(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        message.removeHeaders("*");
        int status = 200;
        String type = "application/json";
        Object content;
        if (body instanceof Problem problem) {
            status = problem.kind().status();
            type = "application/problem+json";
            content = Json.write(problem.toMap());
            Object wait = problem.more().get("retryAfterSeconds");
            if (wait != null) {
                message.setHeader("Retry-After", wait.toString());
            }
        } else if (body instanceof Result result) {
            status = result.status();
            type = result.type();
            content = result.body() instanceof byte[] bytes ? bytes : Json.write(result.body());
        } else {
            content = ((Answer) body).json();
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(content);
    }

    /** Writes the answer's files, or puts the original beside its problem. */
    public void file(Exchange exchange) throws IOException {
        FileReply reply = exchange.getProperty(Carried.REPLY, FileReply.class);
        if (exchange.getMessage().getBody() instanceof Problem problem) {
            outbox.fail(reply.file(), problem);
        } else {
            Answer answer = exchange.getMessage().getBody(Answer.class);
            outbox.answer(reply.file(), answer.text(), answer.json());
        }
    }

    /** Makes the message the reply, and says to which queue it goes. */
    public void queue(Exchange exchange) {
        QueueReply reply = exchange.getProperty(Carried.REPLY, QueueReply.class);
        Message message = exchange.getMessage();
        Object body = message.getBody();
        message.removeHeaders("*");
        message.setHeader("JMSCorrelationID", reply.correlation());
        boolean unread = !Boolean.TRUE.equals(exchange.getProperty(Carried.READ));
        boolean toFailed = body instanceof Problem && (unread || reply.replyTo() == null);
        if (toFailed) {
            message.setHeader("CamelJmsDestinationName", "conduit.failed");
        } else if (reply.replyTo() != null) {
            message.setHeader("CamelJmsDestination", reply.replyTo());
        }
        if (body instanceof Problem problem) {
            Map<String, Object> map = new LinkedHashMap<>(problem.toMap());
            if (toFailed) {
                map.put(reply.original().member(), reply.original().content());
            }
            message.setBody(Json.write(map));
        } else {
            message.setBody(((Answer) body).json());
        }
    }
}
