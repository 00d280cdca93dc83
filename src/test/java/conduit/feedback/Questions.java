package conduit.feedback;

import conduit.SettableClock;
import conduit.Some;
import conduit.ledger.Completion;
import conduit.ledger.Ledger;
import conduit.ledger.OneAtATime;
import conduit.ledger.Run;
import conduit.ledger.Stores;
import conduit.ledger.UsageTable;
import conduit.request.LlmRequest;
import conduit.routing.Routed;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Questions of users in one project, on a database of a test, at times of their own. */
final class Questions {

    static final String LONG = "Write a friendly letter to a customer who has waited for three weeks for a new bicycle, and "
            + "explain that the frame is on its way from the factory. Offer a small discount on the next repair.";
    static final double WEIGHT = 0.2;

    final Stores on;
    final SettableClock clock;
    final RepeatStore store;
    final FeedbackStore feedback;
    private final Ledger ledger;
    private final String project;

    /** @param project of nobody else, as databases are shared; so is {@code start} */
    Questions(Stores on, String project, String start) {
        this.on = on;
        this.project = project;
        clock = new SettableClock(start);
        ledger = new Ledger(on.jdbc, on.requests, on.spending, on.transaction, clock);
        store = new RepeatStore(on.jdbc, on.transaction, on.requests, on.beliefs, clock);
        feedback = new FeedbackStore(on.jdbc, on.transaction, on.requests, on.beliefs, clock);
        // What others said would weigh here, too.
        on.jdbc.sql("delete from feedback").update();
        store.scannedTo(clock.instant());
    }

    /** As a Conduit that has just started. */
    RepeatWatch watch() {
        return new RepeatWatch(store, new OneAtATime(OneAtATime.Work.REPEATS, null), new RepeatWeight(WEIGHT), clock);
    }

    void after(int seconds) {
        clock.tick(Duration.ofSeconds(seconds));
    }

    Run ask(String id, String user, String prompt) {
        return ask(id, project, user, prompt);
    }

    Run ask(String id, String inProject, String user, String prompt) {
        Routed plain = Stores.routed(project + id, inProject, "0.01", clock.instant().atZone(ZoneOffset.UTC));
        LlmRequest request = Some.request("{'id':'" + project + id + "','project':'" + inProject + "','prompt':'" + prompt
                + "'" + (user == null ? "" : ",'user':'" + user + "'") + "}");
        return ledger.accept(new Routed(request, plain.project(), plain.model(), plain.decision(), plain.estimate(),
                List.of(), plain.at()), (asked, sums) -> asked);
    }

    void end(Completion completion) {
        on.transaction.executeWithoutResult(status -> {
            ledger.settle(completion);
            for (Map<String, Object> row : UsageTable.rows(completion)) {
                on.jdbc.sql(UsageTable.INSERT.replace(":?", ":")).params(row).update();
            }
        });
    }

    /** Asked, and answered two seconds later. */
    void answered(String id, String user, String prompt) {
        Run run = ask(id, user, prompt);
        after(2);
        end(Stores.answered(run, 5));
    }

    /** Ann asks, and the same again some seconds after the answer; the requests are "a" and "b". */
    void askedAgain(int seconds) {
        answered("a", "ann", LONG);
        after(seconds);
        answered("b", "ann", LONG);
    }

    /** What counts now of answers of this project: id (without the project), signal, reward and weight. */
    List<String> judged() {
        return on.jdbc.sql("select o.* from observations o where o.request_id like ? order by o.request_id")
                .param(project + "%").query((row, i) -> row.getString("request_id").substring(project.length()) + " "
                        + row.getString("signal") + " " + row.getDouble("reward") + " x " + row.getDouble("weight")).list();
    }

    /** How many lines of the log are of this project. */
    long lines() {
        return on.jdbc.sql("select count(*) from belief_log where request_id like ?").param(project + "%")
                .query(Long.class).single();
    }

    /** The ids (without the project) of what was counted, with the weight. */
    List<String> counted() {
        return on.jdbc.sql("select * from implicit_feedback where request_id like ? and signal = 'repeated' "
                + "order by request_id").param(project + "%").query((row, i) -> row.getString("request_id")
                .substring(project.length()) + " x " + row.getDouble("weight")).list();
    }

    Instant now() {
        return clock.instant();
    }

    void say(String id, double quality) {
        feedback.take(new Feedback(project + id, "quality", Double.toString(quality), quality, null));
    }
}
