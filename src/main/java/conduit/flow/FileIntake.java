package conduit.flow;

import conduit.files.InboxFile;
import conduit.files.WholeFiles;
import conduit.request.Inlet;
import conduit.problem.Problem;
import conduit.request.LlmRequest;
import conduit.request.RequestParser;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes files in once they are whole. They stay in the inbox until their answer is written. */
public final class FileIntake implements GenericFileFilter<File> {

    private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Path inbox;
    private final WholeFiles whole;
    private final RequestParser parser;
    private final long maxBytes;
    private final Watch watch;

    public FileIntake(Path inbox, WholeFiles whole, RequestParser parser, long maxBytes, Watch watch) {
        this.inbox = inbox.toAbsolutePath().normalize();
        this.whole = whole;
        this.parser = parser;
        this.maxBytes = maxBytes;
        this.watch = watch;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        try {
            return file.isDirectory() || watch.canStore() && whole.isWhole(file.getFile().toPath());
        } catch (InvalidPathException e) {
            if (told.add(file.getFileName())) {
                LOG.warn("A file in the inbox has a name that this system's locale can't write ({}); it is left where it "
                        + "is. Start Conduit with LC_ALL=C.UTF-8, or rename the file.", file.getFileName());
            }
            return false;
        }
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
