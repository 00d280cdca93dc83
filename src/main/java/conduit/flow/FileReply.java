package conduit.flow;

import conduit.files.InboxFile;

/** The answer goes into the outbox. */
record FileReply(InboxFile file) {
}
