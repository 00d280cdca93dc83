package conduit.ledger;

import conduit.Some;
import conduit.api.Resolution;
import conduit.budget.Budget;
import conduit.claude.Failure;
import conduit.claude.Outcome;
import conduit.ledger.SmallState.Act;
import conduit.ledger.SmallState.Ask;
import conduit.ledger.SmallState.Event;
import conduit.ledger.SmallState.Phase;
import conduit.model.Tokens;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.project.Project;
import conduit.project.ProjectParser;
import conduit.routing.Routed;
import org.springframework.dao.DuplicateKeyException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static conduit.ledger.Stores.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The ledger beside its specification: takes the same steps, and compares all that is stored. */
final class SmallScope {

    private final Stores on;
    private final String project;
    private final RunReader runs;
    private final Resolution resolution;

    /** @param project a name that nothing else uses */
    SmallScope(Stores on, String project) {
        this.on = on;
        this.project = project;
        this.runs = new RunReader(on.jdbc, on.requests, id -> on.projects.find(id)
                .orElseGet(() -> Stores.routed(id, id, "1", Stores.NOON).project()), Some.CATALOGUE, Stores.CLOCK);
        this.resolution = new Resolution(runs, on.requests, on.ledger, on::settle);
        limit(0);
    }

    private void limit(int which) {
        List<BigDecimal> limits = SmallState.LIMITS.get(which);
        on.projects.put(new ProjectParser(Some.CATALOGUE).parse(project, "{\"defaultModel\":\"claude-haiku-5-5\"}")
                .limited(new Project.CostLimits(limits.get(0), limits.get(1)), true));
    }

    private String id(int request) {
        return project + "-" + request;
    }

    private Routed routed(int request) {
        return Stores.routed(id(request), project, SmallState.WORST.get(request).toPlainString(),
                NOON.plusDays(SmallState.day(request) - 1L)).under(on.projects.require(project));
    }

    /** Takes a step and compares; {@code after} is what the specification says of it. */
    void take(Event event, SmallState after) {
        int at = event.at();
        switch (event.act()) {
            case CHANGE_LIMITS -> limit(at);
            case SEND -> send(at, after.asks().get(at));
            case ANSWER -> assertThat(on.settle(answered(run(at), at))).isTrue();
            case CRASH_AND_ANSWERED -> assertThat(on.settle(answered(left(at), at))).isTrue();
            case FAIL_FREE -> assertThat(on.settle(Stores.failed(run(at), true))).isTrue();
            case FAIL_DEAR -> assertThat(on.settle(Stores.failed(run(at), false))).isTrue();
            case TRY_AGAIN -> tryAgain(at, after.asks().get(at));
            case CRASH_BEFORE_START -> {
                if (left(at).tried().isEmpty()) {
                    on.ledger.release(id(at), left(at).number(), Problem.of(Kind.INTERNAL, "it had not started"));
                } else {
                    assertThat(on.settle(new Accountant(Some.CATALOGUE).unstarted(left(at)))).isTrue();
                }
            }
            case CRASH_AND_LOST -> on.ledger.flagUnknown(id(at), left(at).number());
            case RESOLVE_SPENT -> resolution.resolve(id(at), "{\"outcome\":\"settled\",\"costUsd\":"
                    + SmallState.ACTUAL.get(at) + "}");
            case RESOLVE_VOID -> resolution.resolve(id(at), "{\"outcome\":\"void\"}");
        }
        compare(after);
    }

    /** As the route does: a request that does not fit is noted as failed. */
    private void send(int at, Ask expected) {
        Routed routed = routed(at);
        try {
            Run run = on.ledger.accept(routed, Budget::fit);
            assertThat(expected.phase()).as("it fits").isEqualTo(Phase.HELD);
            assertThat(run.number()).isEqualTo(expected.runs());
        } catch (ProblemException e) {
            assertThat(expected.phase()).as(e.problem().detail()).isEqualTo(Phase.BLOCKED);
            on.ledger.refuse(routed.request(), e.problem());
        }
    }

    private void tryAgain(int at, Ask expected) {
        Run run = run(at);
        Tried over = new Tried(1, run.model().id(), Failure.CUT_OFF, "said", 7, List.of(new UsageRow(0, run.model().id(),
                Tokens.of(1, 1), SmallState.TRIED, null, false)));
        Optional<Run> next = on.ledger.next(run, over, run.routed(), Budget::allows);
        assertThat(next.isPresent()).as("it fits").isEqualTo(expected.phase() == Phase.HELD);
        if (next.isEmpty()) {
            assertThat(on.settle(new Completion(run, new Outcome.Failed(Failure.CUT_OFF, "said", List.of(), 7, true),
                    over.usage()))).isTrue();
        } else {
            assertThat(left(at).setAside()).isEqualByComparingTo(next.get().setAside());
            assertThatThrownBy(() -> on.ledger.release(id(at), run.number(), Problem.of(Kind.INTERNAL, "free")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Whatever is done twice changes nothing: sending a request that runs or ran, ending what is ended. */
    void repeat(SmallState earlier, Event event, SmallState after) {
        if (event.act() == Act.CHANGE_LIMITS) {
            return;
        }
        int at = event.at();
        Ask before = earlier.asks().get(at);
        Phase phase = after.asks().get(at).phase();
        if (phase != Phase.BLOCKED && phase != Phase.FREE) {
            try {
                on.ledger.accept(routed(at), (asked, sums) -> asked);
                throw new AssertionError("the id " + id(at) + " is " + phase + " and ran again");
            } catch (DuplicateKeyException e) {
                compare(after);
            }
        }
        if (before.phase() == Phase.HELD && phase != Phase.UNKNOWN && phase != Phase.HELD) {
            Run run = new Run(routed(at), before.runs(), NOON.plusDays(SmallState.day(at) - 1L).toLocalDate());
            assertThat(on.settle(answered(run, at))).as("settled once").isFalse();
            on.ledger.release(id(at), before.runs(), Problem.of(Kind.INTERNAL, "again"));
            on.ledger.flagUnknown(id(at), before.runs());
            compare(after);
        }
    }

    /** The run of a request that is in hand. */
    private Run run(int at) {
        int number = on.requests.find(id(at)).orElseThrow().run();
        Routed routed = routed(at);
        if (!left(at).tried().isEmpty()) {
            return left(at);
        }
        return new Run(routed, number, routed.at().toLocalDate());
    }

    /** The run of a request as the next start finds it. */
    private Run left(int at) {
        return runs.unended(id(at)).orElseThrow().run();
    }

    private static Completion answered(Run run, int at) {
        List<UsageRow> rows = new ArrayList<>(run.triedUsage());
        rows.add(new UsageRow(rows.size(), run.model().id(), Tokens.of(1, 1), SmallState.ACTUAL.get(at), null, false,
                run.attempt()));
        return new Completion(run, new Outcome.Answered("text", List.of(), 1, "session"), rows);
    }

    private void compare(SmallState expected) {
        Map<String, String> actual = stored();
        Map<String, String> wanted = new TreeMap<>();
        List<String> periods = List.of(Period.month(day(1)), Period.day(day(1)), Period.day(day(2)));
        for (int i = 0; i < periods.size(); i++) {
            Purse purse = expected.purses().get(i);
            add(wanted, "spending " + periods.get(i), purse.spent(), purse.reserved());
            if (i > 0) {
                add(wanted, "reserved " + periods.get(i), purse.reserved());
                add(wanted, "rolled up " + periods.get(i), purse.spent());
            }
        }
        for (int i = 0; i < expected.asks().size(); i++) {
            Ask ask = expected.asks().get(i);
            add(wanted, "usage " + id(i), ask.spent(), BigDecimal.valueOf(ask.rows()));
            String state = switch (ask.phase()) {
                case NEW -> null;
                case HELD -> "accepted";
                case UNKNOWN -> "unknown";
                case ANSWERED -> "completed";
                case BLOCKED, FREE, PAID -> "failed";
            };
            if (state != null) {
                wanted.put("request " + id(i), state + " " + ask.runs() + " " + text(ask.spent()));
            }
        }
        assertThat(actual).isEqualTo(wanted);
    }

    private Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>();
        on.jdbc.sql("select period, spent, reserved from spending where project_id = ?").param(project)
                .query(row -> {
                    add(stored, "spending " + row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3));
                });
        on.jdbc.sql("select booked_on, sum(amount) from reservations where project_id = ? and state in ('held', "
                + "'unknown') group by booked_on").param(project)
                .query(row -> {
                    add(stored, "reserved " + row.getDate(1), row.getBigDecimal(2));
                });
        on.jdbc.sql("select booked_on, sum(cost) from usage_daily where project_id = ? group by booked_on")
                .param(project).query(row -> {
                    add(stored, "rolled up " + row.getDate(1), row.getBigDecimal(2));
                });
        List<String> ids = List.of(id(0), id(1), id(2));
        on.jdbc.sql("select request_id, sum(cost), count(*) from usage_tracking where request_id in (:ids) "
                + "group by request_id").param("ids", ids)
                .query(row -> {
                    add(stored, "usage " + row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3));
                });
        on.jdbc.sql("select id, state, run, coalesce(cost, 0) from requests where id in (:ids)").param("ids", ids)
                .query(row -> {
                    stored.put("request " + row.getString(1), row.getString(2) + " " + row.getInt(3) + " "
                            + text(row.getBigDecimal(4)));
                });
        return stored;
    }

    private static LocalDate day(int number) {
        return NOON.toLocalDate().plusDays(number - 1L);
    }

    /** Nothing and no row are the same. */
    private static void add(Map<String, String> to, String name, BigDecimal... amounts) {
        List<String> texts = new ArrayList<>();
        for (BigDecimal amount : amounts) {
            texts.add(text(amount));
        }
        if (!texts.stream().allMatch("0"::equals)) {
            to.put(name, String.join(" ", texts));
        }
    }

    private static String text(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
