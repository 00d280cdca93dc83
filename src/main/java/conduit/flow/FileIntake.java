package conduit.flow;

import conduit.files.InboxFile;
import conduit.request.Inlet;
import conduit.problem.Problem;
import conduit.request.LlmRequest;
import conduit.request.RequestParser;
import org.apache.camel.Exchange;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that were taken up. They stay in the inbox until their answer is written. */
public final class FileIntake {

    private final Path inbox;
    private final RequestParser parser;
    private final long maxBytes;

    public FileIntake(Path inbox, RequestParser parser, long maxBytes) {
        this.inbox = inbox.toAbsolutePath().normalize();
        this.parser = parser;
        this.maxBytes = maxBytes;
    }

    private LlmRequest read(InboxFile file) {
        try {
            return file.read(parser, maxBytes);
        } catch (IOException e) {
            throw Problem.field("file", "The file can't be read. Make it readable for the account that Conduit runs "
                    + "under, and put it into the inbox again.").asException();
        }
    }

    /** Makes the body the request that the file holds. */
    public void request(Exchange exchange) throws IOException {
        Path path = exchange.getMessage().getBody(File.class).toPath().toAbsolutePath().normalize();
        exchange.getMessage().removeHeaders("*");
        boolean stopping = exchange.getContext().isStopping() || exchange.getContext().isStopped();
        if (stopping || !Files.isRegularFile(path)) {
            exchange.setRouteStop(true);
            return;
        }
        InboxFile file = InboxFile.of(inbox, path);
        exchange.setProperty(Carried.INLET, Inlet.FILE.text());
        exchange.setProperty(Carried.REPLY, new FileReply(file));
        exchange.getMessage().setBody(read(file));
    }
}
