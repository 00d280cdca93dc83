package conduit.faults;

import conduit.QueueClient;
import jakarta.jms.JMSException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Senders of files, calls and messages who go on whatever happens to Conduit, each with its own seeded chance. */
final class Traffic implements AutoCloseable {

    private static final int CALLERS = 3;
    private static final int AGAIN_MS = 150;
    private static final int MOST_WAITING = 12;
    private static final long PATIENCE_S = 120;

    private final ConduitProcess conduit;
    private final Path inbox;
    private final long seed;
    private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final List<Future<?>> ends = new ArrayList<>();

    private interface Sender {
        void send(Random chance, int n) throws Exception;
    }

    Traffic(ConduitProcess conduit, Path inbox, long seed) {
        this.conduit = conduit;
        this.inbox = inbox;
        this.seed = seed;
    }

    void begin() {
        go("f", 500, this::file);
        go("q", 900, this::message);
        for (int caller = 1; caller <= CALLERS; caller++) {
            String name = "h" + caller;
            go(name, 400, (chance, n) -> call(Job.of(name + "-" + n, Job.Way.HTTP, chance), chance.nextInt(3)));
        }
        go("s", 400, (chance, n) -> leave(Job.of("s-" + n, Job.Way.HTTP, chance), chance.nextInt(1_000)));
    }

    List<Job> jobs() {
        return List.copyOf(jobs);
    }

    /** Nothing new is sent; what was begun is brought to its end. */
    void end() throws Exception {
        enough.countDown();
        for (Future<?> end : ends) {
            end.get(PATIENCE_S, TimeUnit.SECONDS);
        }
    }

    private void go(String name, int mostPauseMs, Sender sender) {
        Random chance = new Random(seed * 31 + name.hashCode());
        ends.add(senders.submit(() -> {
            for (int n = 1; !enough.await(chance.nextInt(mostPauseMs), TimeUnit.MILLISECONDS); n++) {
                sender.send(chance, n);
            }
            return null;
        }));
    }

    private void file(Random chance, int n) throws Exception {
        Job job = Job.of("f-" + n, chance.nextBoolean() ? Job.Way.JSON_FILE : Job.Way.TEXT_FILE, chance);
        while (waiting() > MOST_WAITING) {
            if (enough.await(AGAIN_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        Path file = inbox.resolve(job.file());
        Files.createDirectories(file.getParent());
        Path draft = Files.writeString(inbox.resolveSibling(job.key + ".draft"),
                job.way == Job.Way.TEXT_FILE ? job.prompt : job.body);
        job.sent = 1;
        job.taken = 1;
        jobs.add(job);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    int waiting() throws Exception {
        try (var files = Files.walk(inbox)) {
            return (int) files.filter(Files::isRegularFile).count();
        } catch (java.io.UncheckedIOException e) {
            return 1;
        }
    }

    /** Sends the same again until the broker has it. */
    private void message(Random chance, int n) throws Exception {
        Job job = Job.of("q-" + n, chance.nextInt(3) == 0 ? Job.Way.QUEUE_WITHOUT_ID : Job.Way.QUEUE, chance);
        jobs.add(job);
        String replyTo = chance.nextBoolean() ? "campaign.replies" : null;
        while (job.taken == 0) {
            try (QueueClient client = new QueueClient(conduit.brokerUrl())) {
                job.sent++;
                client.send(job.body, job.key, replyTo == null ? null : client.session().createQueue(replyTo));
                job.taken = 1;
            } catch (JMSException | RuntimeException e) {
                again();
            }
        }
    }

    /**
     * Sends the same again where the connection broke or Conduit asks for it, and a few times after a failure that cost
     * nothing.
     */
    void call(Job job, int retries) throws Exception {
        if (job.sent == 0) {
            jobs.add(job);
        }
        int left = retries;
        while (true) {
            job.sent++;
            try {
                job.response = conduit.post("/v1/complete", job.body);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                again();
                continue;
            }
            String type = Job.type(job.response.body());
            boolean wait = type.equals("saturated") || type.equals("starting") || type.equals("timed-out") && job.response.body().contains("still runs");
            if (!wait && (!type.equals("model-unavailable") || left-- <= 0)) {
                return;
            }
            again();
        }
    }

    /** Follows the answer for so long, and then asks what became of it. */
    private void leave(Job job, int millis) throws Exception {
        job.sent++;
        jobs.add(job);
        try {
            conduit.follow("/v1/complete", job.body, millis);
        } catch (java.util.concurrent.ExecutionException e) {
            again();
        }
        call(job, 0);
    }

    private static void again() throws InterruptedException {
        new CountDownLatch(1).await(AGAIN_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        enough.countDown();
        senders.shutdownNow();
    }
}
