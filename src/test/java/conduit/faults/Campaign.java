package conduit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.ConduitRig;
import conduit.QueueClient;
import conduit.faults.Books.Row;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TextMessage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static conduit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Kills Conduit at seeded moments under traffic, and gathers what every sender was told. */
final class Campaign implements AutoCloseable {

    private static final String[] ANSWER_QUEUES = {QueueClient.REPLIES, QueueClient.FAILED, "campaign.replies", "conduit.dead"};
    private static final long GLANCE_MS = 300;
    private static final int SLOWEST_START_MS = 5_000;

    private final ConduitProcess conduit;
    private final Path home;
    private final Random chance;
    private final Traffic traffic;
    private final Map<String, List<JsonNode>> replies = new LinkedHashMap<>();
    private final Map<String, Integer> moments = new TreeMap<>();
    private final long begun = System.nanoTime();
    private int spoolsLeft;
    private String spoolFault;
    private long killedUntil;
    private double warmCalls;

    Campaign(ConduitProcess conduit, Path home, long seed) {
        this.conduit = conduit.set("conduit.claude.timeout", "2s").set("conduit.claude.retry-delay", "100ms")
                .set("conduit.claude.concurrency", "8").set("conduit.claude.warm", "on");
        this.home = home;
        this.chance = new Random(seed);
        this.traffic = new Traffic(conduit, home.resolve("inbox"), seed);
    }

    List<Job> jobs() {
        return traffic.jobs();
    }

    void killAndRestart(int kills) throws Exception {
        conduit.start();
        for (String project : Job.PROJECTS) {
            String limit = project.equals("tight") ? ",\"costLimits\":{\"daily\":0.2}" : "";
            assertThat(conduit.put("/v1/projects/" + project, "{\"defaultModel\":\"claude-haiku-5-5\",\"storePrompts\":true" + limit + "}").statusCode()).isIn(200, 201);
        }
        traffic.begin();
        live(chance.nextInt(2_000));
        for (int kill = 0; kill < kills; kill++) {
            countWarmCalls();
            conduit.kill();
            begin();
            int which = kill % 4;
            if (which == 3) {
                moments.merge("while it started", 1, Integer::sum);
                live(chance.nextInt(SLOWEST_START_MS));
            } else if (which == 2) {
                moments.merge("right after its start", 1, Integer::sum);
                conduit.awaitReady();
                live(chance.nextInt(100));
            } else {
                moments.merge("under traffic", 1, Integer::sum);
                conduit.awaitReady();
                live(chance.nextInt(1_800));
            }
        }
        conduit.kill();
        begin();
    }

    /** Every other time, by chance, with processes that wait for calls. */
    private void begin() throws Exception {
        conduit.set("conduit.claude.warm", chance.nextBoolean() ? "on" : "off").begin();
    }

    private void countWarmCalls() {
        try {
            warmCalls += Double.parseDouble(conduit.metric("conduit_claude_calls_total{start=\"warm\"}"));
        } catch (Exception e) {
            // It does not serve yet.
        }
    }

    private void live(int millis) throws Exception {
        assertThat(conduit.endsWithin(millis)).as("it ended by itself: %s", conduit.log()).isFalse();
    }

    /** Lets everybody have an answer, and resolves some of the unknowns. */
    void settleDown() throws Exception {
        conduit.awaitReady();
        killedUntil = System.nanoTime();
        traffic.end();
        countWarmCalls();
        eventually(() -> { assertThat(traffic.waiting()).as("files that wait").isZero(); });
        List<Job> messages = jobs().stream().filter(Job::isMessage).toList();
        try (QueueClient client = new QueueClient(conduit.brokerUrl())) {
            eventually(() -> {
                drain(client);
                assertThat(messages).allSatisfy(job -> assertThat(replies.getOrDefault(job.key, List.of()))
                        .as(job.toString()).hasSizeGreaterThanOrEqualTo(job.taken));
            });
            drain(client);
        }
        try {
            eventually(this::lookAtSpools);
        } catch (AssertionError e) {
            spoolFault = e.getMessage();
        }
        resolve();
    }

    private void lookAtSpools() throws Exception {
        try (var spools = Files.list(home.resolve("h2-data/spool"))) {
            List<String> keys = spools.map(spool -> spool.getFileName().toString()).filter(key -> !key.startsWith(".")).toList();
            spoolsLeft = keys.size();
            for (String key : keys) {
                assertThat(conduit.get("/v1/requests/" + key.replaceAll("~.*", "")).path("state").asText())
                        .as("the spool folder " + key + " is an unknown's").isEqualTo("unknown");
            }
        }
    }

    private void drain(QueueClient client) throws Exception {
        for (String queue : ANSWER_QUEUES) {
            try (MessageConsumer consumer = client.session().createConsumer(client.session().createQueue(queue))) {
                for (TextMessage reply = (TextMessage) consumer.receive(GLANCE_MS); reply != null;
                        reply = (TextMessage) consumer.receive(GLANCE_MS)) {
                    assertThat(queue).as("an answer that nobody could take: %s", reply.getText()).isNotEqualTo("conduit.dead");
                    replies.computeIfAbsent(reply.getJMSCorrelationID(), key -> new ArrayList<>()).add(QueueClient.json(reply));
                }
            }
        }
    }

    /** Every other call that is unknown is resolved, in turn as paid and as void; a void one is sent again. */
    private void resolve() throws Exception {
        int turn = 0;
        for (Job job : jobs()) {
            if (job.way == Job.Way.HTTP && Job.type(job.response.body()).equals("outcome-unknown") && turn++ % 3 < 2) {
                job.resolved = turn % 3 == 1 ? "0.000123" : "void";
                String body = job.resolved.equals("void") ? "{\"outcome\":\"void\"}"
                        : "{\"outcome\":\"settled\",\"costUsd\":" + job.resolved + "}";
                assertThat(conduit.post("/v1/requests/" + job.key + "/resolve", body).statusCode()).isEqualTo(200);
                if (job.resolved.equals("void")) {
                    traffic.call(job, 0);
                }
            }
        }
    }

    /** Every sender has one answer, and it is the ledger's. */
    void answers(Audit audit, Map<String, List<Row>> requests) throws Exception {
        audit.check(spoolFault == null, () -> spoolFault);
        for (Job job : jobs()) {
            List<JsonNode> told = new ArrayList<>();
            if (job.isFile()) {
                file(job, told);
            } else if (job.isMessage()) {
                told.addAll(replies.getOrDefault(job.key, List.of()));
            } else {
                told.add(ConduitRig.JSON.readTree(job.response.body()));
            }
            int most = job.isMessage() ? job.sent : 1;
            audit.check(!told.isEmpty() && told.size() <= most, () -> job + " was answered " + told.size() + " times: " + told);
            Row row = requests.getOrDefault(job.key, List.of(new Row())).get(0);
            for (JsonNode answer : told) {
                boolean agrees = answer.path("status").asText().equals("completed")
                        ? row.text("state").equals("completed") && sameAnswer(answer, row.text("answer"))
                        : !row.text("state").equals("completed") && answer.path("status").asInt() >= 400
                        && answer.path("status").asInt() != 500;
                boolean several = told.size() > 1 && job.way == Job.Way.QUEUE_WITHOUT_ID;
                audit.check(agrees || several || job.resolved != null, () -> job + " is " + row + " and was told " + answer);
            }
        }
    }

    /** An answer that was given just before a kill is booked after it, without the latency that nobody measured. */
    private static boolean sameAnswer(JsonNode told, String stored) throws Exception {
        ObjectNode one = told.deepCopy();
        ObjectNode other = (ObjectNode) ConduitRig.JSON.readTree(stored);
        for (ObjectNode answer : List.of(one, other)) {
            if (answer.path("attempts").size() > 0) {
                ((ObjectNode) answer.path("attempts").path(answer.path("attempts").size() - 1)).put("latencyMs", 0);
            }
        }
        return one.put("latencyMs", 0).equals((a, b) -> a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue()) : a.equals(b) ? 0 : 1, other.put("latencyMs", 0));
    }

    private void file(Job job, List<JsonNode> told) throws Exception {
        Path place = home.resolve("outbox").resolve(job.file()).getParent();
        Path failed = home.resolve("failed").resolve(job.file()).getParent();
        for (Path folder : new Path[] {place, failed}) {
            if (Files.exists(folder)) {
                try (var files = Files.list(folder)) {
                    for (Path file : files.filter(f -> f.getFileName().toString().matches(job.key + "(-\\d+)?(\\.error)?\\.json")
                            && (folder == place || f.toString().endsWith(".error.json"))).toList()) {
                        told.add(ConduitRig.JSON.readTree(file.toFile()));
                    }
                }
            }
        }
    }

    String summary(Books books, SimulatorLog log) throws SQLException {
        Map<String, Integer> ways = new TreeMap<>();
        jobs().forEach(job -> ways.merge(job.way.toString(), 1, Integer::sum));
        return "killed " + moments + " in " + (killedUntil - begun) / 1_000_000_000 + " s, all settled "
                + (System.nanoTime() - killedUntil) / 1_000_000_000 + " s later; sent " + ways + "; " + books.rows("select state, count(*) as n from requests group by state "
                + "order by state") + "; runs " + books.rows("select count(*) as n from reservations") + ", processes "
                + log.all().values().stream().mapToInt(List::size).sum() + ", at least " + (long) warmCalls
                + " of them waited for their calls; charged " + log.charged() + ", booked "
                + books.rows("select sum(cost) as exact_and_estimated, sum(case when estimated then cost else 0 end) as estimated "
                + "from usage_tracking") + "; spool folders left to unknowns " + spoolsLeft;
    }

    @Override
    public void close() {
        traffic.close();
    }
}
