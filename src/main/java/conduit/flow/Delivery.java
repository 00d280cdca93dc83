package conduit.flow;

import conduit.api.Result;
import conduit.files.Outbox;
import conduit.json.Json;
import conduit.ledger.Answer;
import conduit.ledger.Completion;
import conduit.ledger.Ledger;
import conduit.problem.Kind;
import conduit.problem.Problem;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives what came of a request back to where it came from. */
public final class Delivery {

    private final Outbox outbox;
    private final Watch watch;

    public Delivery(Outbox outbox, Watch watch) {
        this.outbox = outbox;
        this.watch = watch;
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

    /** Writes the HTTP response, or ends its stream. */
    public void http(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        message.removeHeaders("*");
        if (exchange.getProperty(Carried.REPLY) instanceof EventStream stream && isStreamed(body, stream)) {
            message.setBody(null);
            return;
        }
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

    private static boolean isStreamed(Object body, EventStream stream) {
        if (body instanceof Problem problem) {
            return stream.end(problem);
        }
        stream.end((Answer) body);
        return true;
    }

    /**
     * Writes the answer's files, or puts the original beside its problem. Where nothing can be stored, or Conduit stops,
     * the file stays in the inbox, and gets its answer later.
     */
    public void file(Exchange exchange) {
        FileReply reply = exchange.getProperty(Carried.REPLY, FileReply.class);
        Object body = exchange.getMessage().getBody();
        if (reply == null || mustWait(body)) {
            return;
        }
        try {
            if (body instanceof Problem problem) {
                outbox.fail(reply.file(), problem);
            } else {
                outbox.answer(reply.file(), ((Answer) body).text(), ((Answer) body).json());
            }
        } catch (IOException e) {
            watch.doubt("disk", e);
        }
    }

    private static boolean mustWait(Object body) {
        return body instanceof Problem problem
                && (problem.kind() == Kind.STORAGE_UNAVAILABLE || problem.kind() == Kind.STOPPING);
    }

    /**
     * Makes the message the reply, and says to which queue it goes.
     *
     * @throws conduit.problem.ProblemException where nothing can be stored, or Conduit stops: the message stays on the queue
     */
    public void queue(Exchange exchange) {
        QueueReply reply = exchange.getProperty(Carried.REPLY, QueueReply.class);
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (mustWait(body)) {
            throw ((Problem) body).asException();
        }
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
