package conduit.ledger;

import conduit.Some;
import conduit.budget.Budget;
import conduit.claude.Outcome;
import conduit.model.Model;
import conduit.model.Tokens;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;
import conduit.project.Project;
import conduit.project.ProjectParser;
import conduit.routing.Estimate;
import conduit.routing.Routed;
import org.springframework.dao.DuplicateKeyException;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that ask for runs of any cost, end them in any way and change limits, all at once, and say what they did. */
final class Crowd {

    static final int PROJECTS = 4;
    /** The last one's limits change all the time; the others' never. */
    private static final int CHANGING = PROJECTS - 1;
    private static final int THREADS = 64;
    private static final int SHARED_IDS = 40;
    private static final int VERSIONS = 100_000;
    private static final String[] MODELS = {"claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"};
    private static final BigDecimal MONTHLY = new BigDecimal("7");

    private final Stores on;
    private final String name;
    private final String member;
    private final ConcurrentLinkedQueue<Run> open = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<CrowdEvent> events = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> committed = new ConcurrentHashMap<>();

    /**
     * A crowd, or a member of one that has several.
     *
     * @param name   begins the names of its projects
     * @param member begins the ids of its requests; the first one changes limits
     */
    Crowd(Stores on, String name, String member) {
        this.on = on;
        this.name = name;
        this.member = member;
    }

    /** Makes its projects and the sequence that orders what it does. */
    static void prepare(Stores on, String name) {
        on.jdbc.sql("create sequence if not exists crowd_order").update();
        for (int i = 0; i < PROJECTS; i++) {
            put(on, name + i, 1, i);
        }
    }

    /** The number of a project's settings, hidden in its daily limit's last digits. */
    static int version(BigDecimal daily) {
        return daily.movePointRight(6).remainder(BigDecimal.valueOf(VERSIONS)).intValueExact();
    }

    private static void put(Stores on, String project, int version, int mills) {
        BigDecimal daily = new BigDecimal(3 + mills % 4).add(BigDecimal.valueOf(version, 6));
        on.projects.put(new ProjectParser(Some.CATALOGUE).parse(project, "{\"defaultModel\":\"claude-haiku-5-5\"}")
                .limited(new Project.CostLimits(daily, MONTHLY), true));
    }

    /** Lets all loose. */
    List<CrowdEvent> run(long seed, int steps) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        AtomicInteger working = new AtomicInteger(THREADS);
        try {
            List<Callable<Void>> works = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed * 1_000 + i);
                int number = i;
                works.add(() -> {
                    try {
                        for (int step = 0; step < steps; step++) {
                            act(random, number + "-" + step);
                        }
                        return null;
                    } finally {
                        working.decrementAndGet();
                    }
                });
            }
            if (member.equals("a")) {
                works.add(() -> changeLimits(new Random(seed), working));
            }
            for (Future<Void> done : threads.invokeAll(works)) {
                done.get();
            }
            return List.copyOf(events);
        } finally {
            threads.shutdownNow();
        }
    }

    private Void changeLimits(Random random, AtomicInteger working) {
        for (int version = 2; version < VERSIONS && working.get() > 0; version++) {
            put(on, name + CHANGING, version, random.nextInt(4));
            committed.put(name + CHANGING, version);
        }
        return null;
    }

    private void act(Random random, String step) {
        Run run = random.nextBoolean() ? open.poll() : null;
        if (run == null) {
            ask(random, step);
        } else if (random.nextInt(8) == 0) {
            on.ledger.flagUnknown(run.request().id(), run.number());
            open.add(run);
        } else {
            if (random.nextInt(8) == 0) {
                open.add(run);      // somebody else will try to end it, too
            }
            end(run, random);
        }
    }

    private void ask(Random random, String step) {
        boolean shared = random.nextInt(8) == 0;
        int number = shared ? random.nextInt(SHARED_IDS) : random.nextInt();
        String project = name + Math.floorMod(number, PROJECTS);
        String id = name + (shared ? "shared" + number : member + step);
        BigDecimal worst = BigDecimal.valueOf(shared ? 200_000 : 1_000 + random.nextInt(500_000), 6);
        Routed routed = routed(id, project, worst, Stores.NOON.plusDays(Math.floorMod(number, 3)))
                .under(on.projects.require(project));
        List<BigDecimal> worsts = new ArrayList<>(List.of(worst));
        routed.cheaper().forEach(one -> worsts.add(one.estimate().worstCaseUsd()));
        int least = committed.getOrDefault(project, 0);
        CrowdEvent[] seen = new CrowdEvent[1];
        try {
            Run run = on.ledger.accept(routed, (asked, sums) -> {
                long order = order();
                seen[0] = CrowdEvent.asked(order, new Run(asked, 0, asked.at().toLocalDate()),
                        asked.project().costLimits(), least, worsts, -1);
                return Budget.fit(asked, sums);
            });
            int taken = worsts.indexOf(run.routed().estimate().worstCaseUsd());
            events.add(CrowdEvent.asked(seen[0].order(), run, new Project.CostLimits(seen[0].daily(),
                    seen[0].monthly()), least, worsts, taken));
            open.add(run);
        } catch (ProblemException e) {
            events.add(seen[0]);
        } catch (DuplicateKeyException e) {
            if (!shared) {
                throw e;
            }
        }
    }

    private static Routed routed(String id, String project, BigDecimal worst, ZonedDateTime at) {
        Routed base = Stores.routed(id, project, worst.toPlainString(), at);
        List<Routed> cheaper = new ArrayList<>();
        if (project.endsWith("1") || project.endsWith("3")) {
            for (int i = 1; i < MODELS.length; i++) {
                Model model = Some.CATALOGUE.find(MODELS[i]).orElseThrow();
                BigDecimal less = worst.multiply(BigDecimal.valueOf(3L - i)).divide(BigDecimal.valueOf(4), 6,
                        java.math.RoundingMode.UP);
                cheaper.add(new Routed(base.request(), base.project(), model, base.decision(),
                        new Estimate(1, 10, less, less), List.of(), at));
            }
        }
        return new Routed(base.request(), base.project(), Some.CATALOGUE.find(MODELS[0]).orElseThrow(),
                base.decision(), base.estimate(), cheaper, at);
    }

    private void end(Run run, Random random) {
        BigDecimal cost = cost(run, random);
        boolean release = cost.signum() == 0 && random.nextBoolean();
        on.transaction.executeWithoutResult(status -> {
            boolean ends = release ? release(run) : on.settle(completion(run, cost, random));
            if (ends) {
                events.add(CrowdEvent.ended(order(), run, cost));
            }
        });
    }

    /** Mostly a hundredth of what was set aside, as with real calls; at times nothing, or all of it. */
    private static BigDecimal cost(Run run, Random random) {
        BigDecimal worst = run.routed().estimate().worstCaseUsd();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> BigDecimal.ZERO;
            case 3 -> worst;
            case 4 -> worst.multiply(BigDecimal.valueOf(random.nextDouble())).setScale(6, java.math.RoundingMode.DOWN);
            default -> worst.movePointLeft(2).setScale(6, java.math.RoundingMode.DOWN);
        };
    }

    /** One or two models were billed, in any order. */
    private static Completion completion(Run run, BigDecimal cost, Random random) {
        if (cost.signum() == 0) {
            return Stores.failed(run, true);
        }
        int first = random.nextInt(MODELS.length);
        List<UsageRow> rows = new ArrayList<>(List.of(row(0, first, cost)));
        if (random.nextBoolean()) {
            rows.add(row(1, (first + 1 + random.nextInt(2)) % MODELS.length, BigDecimal.ZERO));
        }
        return new Completion(run, new Outcome.Answered("text", List.of(), 1, "session"), rows);
    }

    private static UsageRow row(int part, int model, BigDecimal cost) {
        return new UsageRow(part, MODELS[model], Tokens.of(1, 1), cost, null, false);
    }

    private boolean release(Run run) {
        boolean held = on.jdbc.sql("select state from reservations where request_id = ? and run = ? for update")
                .params(run.request().id(), run.number()).query(String.class).single().matches("held|unknown");
        on.ledger.release(run.request().id(), run.number(), Problem.of(Kind.INTERNAL, "it never ran"));
        return held;
    }

    private long order() {
        return on.jdbc.sql("select nextval('crowd_order')").query(Long.class).single();
    }
}
