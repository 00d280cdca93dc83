package conduit.flow;

import jakarta.jms.Destination;

/**
 * The answer goes to a queue.
 *
 * @param replyTo     where the sender wants it, or null for {@code conduit.replies}
 * @param correlation the correlation id
 * @param original    the message's text, or its bytes in Base64, for {@code conduit.failed}
 * @param isBytes     whether {@code original} is Base64
 */
record QueueReply(Destination replyTo, String correlation, String original, boolean isBytes) {
}
