package conduit.flow;

import jakarta.jms.Destination;

/**
 * The answer goes to a queue.
 *
 * @param replyTo     where the sender wants it, or null for {@code conduit.replies}
 * @param correlation the correlation id
 * @param original    what the sender wrote, for {@code conduit.failed}
 */
record QueueReply(Destination replyTo, String correlation, OriginalMessage original) {
}
