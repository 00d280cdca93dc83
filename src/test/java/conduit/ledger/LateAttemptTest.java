package conduit.ledger;

import conduit.Some;
import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.claude.ReplyReader;
import conduit.claude.Traces;
import conduit.ledger.RecoveryTest.Node;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static conduit.ledger.RecoveryTest.REPLY;
import static conduit.ledger.RecoveryTest.assertSums;
import static conduit.ledger.RecoveryTest.id;
import static conduit.ledger.Stores.NOON;
import static conduit.ledger.Stores.routed;
import static org.assertj.core.api.Assertions.assertThat;

/** Attempts that begin while others look, and what is said of them. */
class LateAttemptTest {

    @TempDir
    private Path folder;

    /** A list of open runs can be older than a run's last attempt; that one would be paid for and in no bill. */
    @OnEachDatabase
    void anAttemptThatBeganBehindTheListIsTheOneThatIsBooked(Stores on) throws IOException {
        Node node = Node.of(on, folder, UUID.randomUUID().toString().substring(0, 8));
        Map<String, Run> runs = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            Run run = node.accept(id());
            node.ran(run, REPLY.replace("\"is_error\":false", "\"is_error\":true,\"api_error_status\":529")
                    .replace("1000", "0").replace("0.0006", "0"));
            runs.put(run.request().id(), run);
        }
        List<String> listed = new ArrayList<>();
        RunReader slow = new RunReader(on.jdbc, node.requests(), id -> {
            if (runs.containsKey(id)) {
                listed.add(id);
                if (listed.size() == 2) {
                    Run second = on.further(runs.get(listed.get(0)), 0, "claude-sonnet-5-5", "0.75");
                    try {
                        node.ran(second, REPLY.replace("claude-haiku-5-5", "claude-sonnet-5-5"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
            return routed(id, id, "1", NOON).project();
        }, Some.CATALOGUE, Stores.CLOCK);

        new Recovery(node.ledger(), slow, new Traces(node.spool(), new ReplyReader(1 << 20), Duration.ofHours(1)),
                new Accountant(Some.CATALOGUE), node.desk()).sweep().forEach(on::settle);

        assertThat(node.state(listed.get(0))).isEqualTo(RequestState.COMPLETED);
        assertSums(on, listed.get(0), "0.012", "0");
        assertThat(node.state(listed.get(1))).isEqualTo(RequestState.FAILED);
        assertSums(on, listed.get(1), "0", "0");
    }

    /** A database that refuses a character of what the CLI said would keep the reservation for ever. */
    @OnEachDatabase
    void whatTheCliSaidOfAFailureCanAlwaysBeStored(Stores on) {
        Node node = Node.of(on, folder, UUID.randomUUID().toString().substring(0, 8));
        String id = id();
        Run first = node.accept(id);
        Tried over = new Tried(1, first.model().id(), Failure.OVERLOADED, "over\0loaded \ud83d", 7, List.of());
        Run run = node.ledger().next(first, over, first.routed(), (project, sums, more) -> true).orElseThrow();

        on.settle(new Completion(run, new Outcome.Failed(Failure.OVERLOADED, "\0" + "x".repeat(2_000), List.of(), 7, true), List.of()));

        assertThat(node.state(id)).isEqualTo(RequestState.FAILED);
        assertThat(new Attempts(on.jdbc).of(id, 1)).extracting(Tried::detail).first().asString().startsWith("over loaded");
        assertSums(on, id, "0", "0");
    }
}
