package conduit.flow;

import conduit.files.Inbox;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.OptimizedFileFilter;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.SynchronizationAdapter;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What Camel's poll of the inbox takes: what {@link Inbox} chooses before each poll. Where nothing is chosen Camel does not
 * even list the folders. All but {@link #take} runs in the thread that polls.
 */
public final class InboxPoll extends DefaultPollingConsumerPollStrategy implements OptimizedFileFilter {

    private final Path folder;
    private final Inbox inbox;
    private final Watch watch;
    /** The chosen files, and the folders that lead to them. */
    private final Set<Path> chosen = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    public InboxPoll(Path folder, Inbox inbox, Watch watch) {
        this.folder = folder.toAbsolutePath().normalize();
        this.inbox = inbox;
        this.watch = watch;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        chosen.clear();
        names.clear();
        if (!watch.canStore()) {
            return false;
        }
        for (Path file : inbox.choose()) {
            for (Path path = file; !path.equals(folder) && chosen.add(path); path = path.getParent()) {
                names.add(path.getFileName().toString());
            }
        }
        return !chosen.isEmpty();
    }

    /** Most names of a full folder are answered here, without a look at the file. */
    @Override
    public Boolean accept(String name) {
        return names.contains(name) ? null : Boolean.FALSE;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean accept(GenericFile file) {
        try {
            return chosen.contains(path((File) file.getFile()));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Path path(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }

    /** Counts a file as in hand until its exchange is done, however it ends. */
    public void take(Exchange exchange) {
        Path path = path(exchange.getMessage().getBody(File.class));
        inbox.take(path);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                inbox.release(path);
            }
        });
    }
}
