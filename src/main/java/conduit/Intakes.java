package conduit;

import conduit.claude.Places;
import conduit.files.Inbox;
import conduit.files.WholeFiles;
import conduit.flow.FileIntake;
import conduit.flow.HttpIntake;
import conduit.flow.HttpLine;
import conduit.flow.InboxPoll;
import conduit.flow.Watch;
import conduit.request.RequestParser;
import conduit.settings.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.LifecycleStrategySupport;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Binds what lets files and HTTP callers in, and what sends away those who wait when Conduit stops. */
record Intakes(Places places, Path inbox, RequestParser parser, Settings.Http http) {

    /** Threads that have just released their file and are not back in the pool yet. */
    private static final int SPARE_READERS = 16;

    void bind(Main main, Watch watch, Clock clock) {
        Inbox.Bounds bounds = Inbox.Bounds.of(places.concurrency());
        main.bind("places", places);
        main.bind("http", new HttpIntake(parser, new HttpLine(places, http.line())));
        main.bind("inbox", new InboxPoll(inbox, new Inbox(inbox, new WholeFiles(inbox, clock), bounds), watch));
        main.bind("files", new FileIntake(inbox, parser, http.maxBody()));
        ExecutorService readers = readers(bounds.most() + SPARE_READERS);
        main.bind("readers", readers);
        main.bind("stop", new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                places.close();
            }

            @Override
            public void onContextStopped(CamelContext context) {
                readers.shutdown();
            }
        });
    }

    /** A thread for each file in hand: most wait for a place, so there is nothing to queue for. */
    private static ExecutorService readers(int most) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, most, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
                task -> new Thread(task, "intake-file-" + number.incrementAndGet()),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }
}
