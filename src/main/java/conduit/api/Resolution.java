package conduit.api;

import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.json.Fields;
import conduit.json.Json;
import conduit.ledger.Completion;
import conduit.ledger.Ledger;
import conduit.ledger.Requests;
import conduit.ledger.Run;
import conduit.ledger.RunReader;
import conduit.ledger.UsageRow;
import conduit.model.Tokens;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends an unknown request by an operator's word.
 *
 * @param recorder books a completion and returns when it is on disk
 */
public record Resolution(RunReader runs, Requests requests, Ledger ledger, Consumer<Completion> recorder) {

    private static final List<String> MEMBERS = List.of("outcome", "costUsd");
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);

    /**
     * Reads {outcome: settled|void, costUsd?}; settled without a cost books what was set aside.
     *
     * @throws conduit.problem.ProblemException if the request is not unknown or the body is not right
     */
    public void resolve(String id, String body) {
        Fields in = Fields.of(Json.object(body));
        in.checkNames(MEMBERS);
        String outcome = in.text("outcome");
        if (!"settled".equals(outcome) && !"void".equals(outcome)) {
            throw in.wrong("outcome", "\"settled\" (it spent) or \"void\" (it did not)");
        }
        Run run = runs.unknown(id).orElseThrow(() -> notUnknown(id));
        BigDecimal held = run.setAside();
        BigDecimal tried = run.triedUsd();
        if (outcome.equals("void")) {
            if (in.has("costUsd")) {
                throw Problem.field("costUsd", "costUsd is given, but void means that nothing was spent; send \"settled\" with "
                        + "costUsd, or \"void\" without.").asException();
            }
            if (tried.signum() > 0) {
                book(run, BigDecimal.ZERO);
                return;
            }
            ledger.release(id, run.number(), Problem.of(Kind.INTERNAL,
                    "An operator found that this run spent nothing. Send the request again to run it.")
                    .with("requestId", id));
            return;
        }
        BigDecimal cost = in.decimal("costUsd", "dollars from 0 to " + MOST.toPlainString() + " (" + held.toPlainString()
                + " are set aside)", BigDecimal.ZERO, MOST);
        if (cost != null && cost.compareTo(tried) < 0) {
            throw in.wrong("costUsd", "at least " + tried.toPlainString() + ", which the attempts before the last one cost");
        }
        book(run, (cost == null ? held : cost.setScale(6, RoundingMode.HALF_UP)).subtract(tried));
    }

    /** @param last what the last attempt cost, US dollars */
    private void book(Run run, BigDecimal last) {
        List<UsageRow> rows = new ArrayList<>(run.tried().stream().flatMap(one -> one.usage().stream()).toList());
        if (last.signum() > 0 || rows.isEmpty()) {
            rows.add(new UsageRow(rows.size(), run.model().id(), Tokens.NONE, last, null, true, run.attempt()));
        }
        recorder.accept(new Completion(run, new Outcome.Failed(Failure.CRASHED,
                "Conduit ended while it ran; an operator settled it", List.of(), 0, true), rows));
    }

    private ProblemException notUnknown(String id) {
        return requests.find(id).map(stored -> Problem.of(Kind.NOT_UNKNOWN, "The request \"" + id + "\" is "
                + stored.state().text() + "; only an unknown one can be resolved.").with("requestId", id))
                .orElseGet(() -> Problem.of(Kind.NOT_FOUND, "There is no request \"" + id + "\".")).asException();
    }
}
