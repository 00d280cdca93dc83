package conduit.ledger;

import conduit.Some;
import conduit.claude.ReplyReader;
import conduit.claude.Spool;
import conduit.claude.Traces;
import conduit.problem.ProblemException;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static conduit.ledger.Stores.NOON;
import static conduit.ledger.Stores.routed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What nobody has in hand is ended by what its call left on disk, and by nothing else. */
class RecoveryTest {

    static final String REPLY = "{\"type\":\"result\",\"is_error\":false,\"num_turns\":1,\"result\":\"Hi\","
            + "\"session_id\":\"s\",\"total_cost_usd\":0.0006,\"modelUsage\":{\"claude-haiku-5-5\":{\"inputTokens\":1000,"
            + "\"outputTokens\":1000,\"costUSD\":0.0006}}}";

    @TempDir
    private Path folder;

    /** One Conduit on a database. */
    record Node(Stores on, Spool spool, Requests requests, Ledger ledger, Desk desk, Nodes nodes,
                        Recovery recovery) {

        static Node of(Stores on, Path home, String name) {
            Requests requests = new Requests(on.jdbc, name);
            Ledger ledger = new Ledger(on.jdbc, requests, on.spending, on.transaction, Stores.CLOCK);
            Desk desk = new Desk(requests, Duration.ofMillis(1));
            Spool spool = new Spool(home.resolve(name));
            RunReader runs = new RunReader(on.jdbc, requests, id -> routed(id, id, "1", NOON).project(), Some.CATALOGUE, Stores.CLOCK);
            return new Node(on, spool, requests, ledger, desk, new Nodes(on.jdbc, name), new Recovery(ledger, runs,
                    new Traces(spool, new ReplyReader(1 << 20), Duration.ofHours(1)), new Accountant(Some.CATALOGUE), desk));
        }

        Run accept(String id) {
            return ledger.accept(routed(id, id, "0.25", NOON), (asked, sums) -> asked);
        }

        /** A call that began, and said this. */
        void ran(Run run, String output) throws IOException {
            Spool.create(spool.of(run.key()), "prompt", "");
            Files.writeString(Spool.output(spool.of(run.key())), output);
        }

        RequestState state(String id) {
            return requests.find(id).orElseThrow().state();
        }

        void sweep() {
            recovery.sweep().forEach(done -> assertThat(on.settle(done)).isTrue());
        }
    }

    private Node node(Stores on) {
        return Node.of(on, folder, UUID.randomUUID().toString().substring(0, 8));
    }

    static void assertSums(Stores on, String project, String spent, String reserved) {
        Spent day = on.spending.of(project, NOON.toLocalDate()).day();
        assertThat(day.spent()).isEqualByComparingTo(spent);
        assertThat(day.reserved()).isEqualByComparingTo(reserved);
    }

    static String id() {
        return "recovered-" + UUID.randomUUID();
    }

    @OnEachDatabase
    void whatNeverStartedIsFreedAndMayRunAnew(Stores on) {
        Node node = node(on);
        String id = id();
        node.accept(id);

        node.sweep();

        assertThat(node.state(id)).isEqualTo(RequestState.FAILED);
        assertSums(on, id, "0", "0");
        assertThat(node.accept(id).number()).isEqualTo(2);
    }

    @OnEachDatabase
    void whatEndedUnwatchedIsSettledExactlyOnceFromItsOwnOutput(Stores on) throws IOException {
        Node node = node(on);
        String id = id();
        node.ran(node.accept(id), REPLY);

        node.sweep();
        node.sweep();

        assertThat(node.state(id)).isEqualTo(RequestState.COMPLETED);
        assertThat(node.requests().find(id).orElseThrow().answer()).contains("\"Hi\"");
        assertSums(on, id, "0.0006", "0");
    }

    @OnEachDatabase
    void onlyWhatLeftNoWholeReplyIsUnknownAndStaysHeld(Stores on) throws IOException {
        Node node = node(on);
        String id = id();
        Run run = node.accept(id);
        node.ran(run, REPLY.substring(0, 40));

        node.sweep();
        node.recovery().tidy();

        assertThat(node.state(id)).isEqualTo(RequestState.UNKNOWN);
        assertSums(on, id, "0", "0.25");
        assertThat(node.spool().of(run.key())).as("what it left is kept for the operator").exists();
        assertThatThrownBy(() -> node.desk().admit(run.request())).isInstanceOf(ProblemException.class)
                .hasMessageContaining("resolve");
    }

    /** At its second attempt, at a dearer model, behind one that cost half a thousandth. */
    private static Run further(Stores on, Node node, String id) {
        return on.further(node.accept(id), 1_000, "claude-sonnet-5-5", "0.75");
    }

    @OnEachDatabase
    void betweenTwoAttemptsWhatTheFirstOneCostIsBookedAndNothingRunsAgain(Stores on) throws IOException {
        Node node = node(on);
        String id = id();
        Run first = node.accept(id);
        node.ran(first, REPLY);
        Run run = on.further(first, 1_000, "claude-sonnet-5-5", "0.75");
        Spool.create(node.spool().of(run.key()), "prompt", "");
        assertSums(on, id, "0", "0.750501");

        node.sweep();
        node.recovery().tidy();

        assertThat(node.state(id)).isEqualTo(RequestState.FAILED);
        assertSums(on, id, "0.000501", "0");
        assertThat(node.requests().find(id).orElseThrow().problem()).contains("cut-off").contains("claude-haiku-5-5");
        assertThat(node.spool().keys()).as("nothing of it is left").isEmpty();
        assertThatThrownBy(() -> node.desk().admit(run.request())).isInstanceOf(ProblemException.class)
                .hasMessageContaining("under another id");
    }

    @OnEachDatabase
    void betweenTwoAttemptsThatAreFreeTheIdMayRunAnew(Stores on) throws InterruptedException {
        Node node = node(on);
        String id = id();
        Run run = on.further(node.accept(id), 0, "claude-sonnet-5-5", "0.75");

        node.sweep();

        assertThat(node.state(id)).isEqualTo(RequestState.FAILED);
        assertSums(on, id, "0", "0");
        assertThat(node.desk().admit(run.request())).isEmpty();
        assertThat(node.accept(id).number()).isEqualTo(2);
    }

    @OnEachDatabase
    void theLastAttemptIsBookedFromItsFolderAndTheOthersFromTheLedger(Stores on) throws IOException {
        Node node = node(on);
        String id = id();
        Run run = further(on, node, id);
        node.ran(run, REPLY.replace("claude-haiku-5-5", "claude-sonnet-5-5"));

        node.sweep();
        node.sweep();

        assertThat(node.state(id)).isEqualTo(RequestState.COMPLETED);
        assertSums(on, id, "0.012501", "0");
        assertThat(node.requests().find(id).orElseThrow().answer()).contains("\"model\":\"claude-sonnet-5-5\"")
                .contains("cut-off");
        assertThat(on.jdbc.sql("select attempt from usage_tracking where request_id = ? order by part").param(id)
                .query(Integer.class).list()).containsExactly(1, 2);
        assertThat(new Attempts(on.jdbc).of(id, 1)).extracting(Tried::model).containsExactly("claude-haiku-5-5", "claude-sonnet-5-5");
    }

    @OnEachDatabase
    void aLastAttemptThatIsLostHoldsAllThatMayHaveBeenSpent(Stores on) throws IOException {
        Node node = node(on);
        String id = id();
        node.ran(further(on, node, id), REPLY.substring(0, 40));

        node.sweep();
        node.recovery().tidy();

        assertThat(node.state(id)).isEqualTo(RequestState.UNKNOWN);
        assertSums(on, id, "0", "0.750501");
        assertThat(node.spool().keys()).as("what it left is kept").contains(id + "~1~2");
    }

    @OnEachDatabase
    void aRunThatSomebodyHasInHandIsLeftAlone(Stores on) throws Exception {
        Node node = node(on);
        String id = id();
        var request = routed(id, id, "0.25", NOON).request();
        assertThat(node.desk().admit(request)).isEmpty();
        node.accept(id);

        node.sweep();

        assertThat(node.state(id)).isEqualTo(RequestState.ACCEPTED);
        assertSums(on, id, "0", "0.25");
        node.desk().leave(routed(id, id, "0.25", NOON).request());
        node.sweep();
        assertThat(node.state(id)).as("another copy of the request can't let go of it").isEqualTo(RequestState.ACCEPTED);
        node.desk().leave(request);
        node.sweep();
        assertThat(node.state(id)).isEqualTo(RequestState.FAILED);
    }

    @OnEachDatabase
    void runsOfANodeThatIsGoneAreFlaggedAndThoseOfALivingOneAreNot(Stores on) {
        Node gone = node(on);
        String id = id();
        gone.nodes().beat();
        gone.accept(id);

        node(on).sweep();
        assertThat(gone.state(id)).isEqualTo(RequestState.ACCEPTED);

        on.jdbc.sql("update nodes set seen_at = seen_at - interval '11' minute where id = ?").param(gone.nodes().me())
                .update();
        node(on).sweep();
        assertThat(gone.state(id)).isEqualTo(RequestState.UNKNOWN);
        assertSums(on, id, "0", "0.25");
    }

    @OnEachDatabase
    void whatANodeThatCameBackKnowsSettlesWhatOthersFlagged(Stores on) throws IOException {
        Node node = node(on);
        String id = id();
        Run run = node.accept(id);
        node.ledger().flagUnknown(id, run.number());
        node.ran(run, REPLY);

        List<Completion> late = node.recovery().tidy();
        late.forEach(on::settle);

        assertThat(late).hasSize(1);
        assertThat(node.state(id)).isEqualTo(RequestState.COMPLETED);
        assertSums(on, id, "0.0006", "0");
        assertThat(node.recovery().tidy()).isEmpty();
        assertThat(node.spool().of(run.key())).doesNotExist();
    }

    @OnEachDatabase
    void aFailureThatWasPaidForIsToldAgainAndNotPaidForAgain(Stores on) throws InterruptedException {
        Node node = node(on);
        String id = id();
        Run run = node.accept(id);
        on.settle(Stores.failed(run, false));

        assertThatThrownBy(() -> node.desk().admit(run.request())).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().detail()).contains("overloaded").contains("may have been paid for", "send the request under another id");
            assertThat(e.problem().more()).containsEntry("requestId", id).doesNotContainKey("retryAfterSeconds");
        });
        assertThatThrownBy(() -> node.accept(id)).isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
        assertSums(on, id, "0.25", "0");

        String free = id();
        on.settle(Stores.failed(node.accept(free), true));
        assertThat(node.desk().admit(routed(free, free, "0.25", NOON).request())).isEmpty();
    }
}
