package conduit;

import com.zaxxer.hikari.HikariDataSource;
import conduit.api.BacktestApi;
import conduit.api.BanditApi;
import conduit.api.BanditMoney;
import conduit.api.ModelsReport;
import conduit.api.ProjectApi;
import conduit.api.Repetition;
import conduit.api.RequestApi;
import conduit.api.Resolution;
import conduit.api.RuleApi;
import conduit.api.UsageApi;
import conduit.attempt.Breakers;
import conduit.backtest.Backtest;
import conduit.backtest.Progress;
import conduit.broker.EmbeddedBroker;
import conduit.claude.Places;
import conduit.claude.ReplyReader;
import conduit.claude.Spool;
import conduit.claude.Traces;
import conduit.claude.WarmPool;
import conduit.export.UsageExport;
import conduit.feedback.FeedbackStore;
import conduit.feedback.Lessons;
import conduit.feedback.RepeatStore;
import conduit.feedback.RepeatWatch;
import conduit.feedback.RepeatWeight;
import conduit.files.Outbox;
import conduit.flow.CliWatch;
import conduit.flow.Delivery;
import conduit.flow.EventStreams;
import conduit.flow.Errors;
import conduit.flow.Health;
import conduit.flow.HttpLine;
import conduit.flow.Metrics;
import conduit.flow.QueueIntake;
import conduit.flow.RecordSteps;
import conduit.flow.RequestSteps;
import conduit.flow.RouteFolder;
import conduit.flow.TransactionPolicy;
import conduit.flow.Watch;
import conduit.learning.BeliefLog;
import conduit.learning.ExperienceStore;
import conduit.ledger.Accountant;
import conduit.ledger.Attempts;
import conduit.ledger.Desk;
import conduit.ledger.Gate;
import conduit.ledger.BanditRecord;
import conduit.ledger.Ledger;
import conduit.ledger.Nodes;
import conduit.ledger.OneAtATime;
import conduit.ledger.Records;
import conduit.ledger.Recovery;
import conduit.ledger.RequestListing;
import conduit.ledger.Requests;
import conduit.ledger.RunReader;
import conduit.ledger.Spending;
import conduit.ledger.UsageReport;
import conduit.model.Catalogue;
import conduit.project.ProjectParser;
import conduit.project.ProjectStore;
import conduit.request.RequestParser;
import conduit.retention.Retention;
import conduit.routing.Estimator;
import conduit.routing.Fallback;
import conduit.routing.Knowledge;
import conduit.routing.Router;
import conduit.rules.engine.RuleSet;
import conduit.rules.RuleBook;
import conduit.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Binds the beans that routes name. It knows everyone; nobody knows it. */
final class Wiring {

    private static final int RECORDERS = 4;
    private static final int SPARE_WORKERS = 16;

    private final Settings settings;
    private final Clock clock;
    private final HomeLock lock;
    private final HikariDataSource database;
    private final Optional<EmbeddedBroker> broker;
    private final JmsPoolConnectionFactory connections = new JmsPoolConnectionFactory();
    private final ThreadPoolExecutor recorder = new ThreadPoolExecutor(RECORDERS, RECORDERS, 1, TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(1_000), new ThreadPoolExecutor.CallerRunsPolicy());
    /** Events for the topic: where the broker is gone for long, the oldest ones are let go. */
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(10_000), new ThreadPoolExecutor.DiscardOldestPolicy());
    private final RuleBook rules;
    private Lessons lessons;
    private WarmPool pool;

    /** Opens the database and the broker and compiles the rules, side by side. */
    Wiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        Path home = settings.home();
        lock = HomeLock.of(home);
        rules = RuleBook.of(home.resolve("rules"), home.resolve("h2-data/rules-good"), settings.catalogue(),
                RuleSet.Bounds.DEFAULT);
        CompletableFuture<Void> compiling = CompletableFuture.runAsync(rules::refresh);
        try {
            database = Preflight.database(settings);
        } catch (RuntimeException e) {
            lock.closeQuietly();
            throw e;
        }
        try {
            broker = Preflight.broker(settings);
            compiling.join();
        } catch (RuntimeException e) {
            database.close();
            lock.closeQuietly();
            throw e;
        }
    }

    RuleBook rules() {
        return rules;
    }

    /** Binds everything into Camel's registry. */
    void bind(Main main) {
        Path home = settings.home();
        Catalogue catalogue = settings.catalogue();
        Settings.Claude claude = settings.claude();
        Gate gate = new Gate(database);
        TransactionTemplate transaction = new TransactionTemplate(gate);
        JdbcClient jdbc = JdbcClient.create(database);

        ProjectStore projects = new ProjectStore(jdbc, transaction, clock);
        double repeatWeight = settings.feedback().repeatWeight();
        Requests requests = new Requests(jdbc, lock.node(), repeatWeight > 0);
        Spending spending = new Spending(jdbc);
        Ledger ledger = new Ledger(jdbc, requests, spending, transaction, clock);
        BeliefLog beliefs = new BeliefLog(jdbc, transaction, catalogue, settings.bandit().tuning(), clock);
        beliefs.prepare();
        ExperienceStore experiences = new ExperienceStore(jdbc);
        Desk desk = new Desk(requests, claude.timeout().plusSeconds(10));
        Spool spool = new Spool(home.resolve("h2-data/spool"));
        ReplyReader replies = new ReplyReader(claude.outputLimit());
        Accountant accountant = new Accountant(catalogue);
        RunReader runs = new RunReader(jdbc, requests, projects::require, catalogue, clock);
        RequestParser parser = new RequestParser(catalogue, claude.maxPrompt());
        FeedbackStore feedback = new FeedbackStore(jdbc, transaction, requests, beliefs, clock);

        Estimator estimator = new Estimator(claude.maxOutputTokens());
        Breakers breakers = Attempting.breakers(settings, clock);
        Knowledge knowledge = new Known(beliefs, experiences, spending, breakers::open);
        long seed = settings.bandit().seed() != null ? settings.bandit().seed() : new SecureRandom().nextLong();
        Fallback fallback = new Fallback(catalogue, estimator, knowledge,
                new Fallback.Setting(settings.bandit().terms(), seed));
        Router router = new Router(projects::require, rules, fallback, knowledge,
                new Router.Setting(catalogue, estimator, clock, settings.demo()));

        RequestListing listing = new RequestListing(jdbc);
        Nodes nodes = new Nodes(jdbc, lock.node());
        nodes.beat();
        Watch watch = new WatchedParts(settings.home(), database, connections, nodes).watch();
        main.bind("watch", watch);
        Health.bind(main, watch);

        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Metrics metrics = new Metrics(meters, () -> spending.today(ZonedDateTime.now(clock).toLocalDate()),
                listing::unknown);
        main.bind("vertx", vertx());
        main.bind("metricsRegistry", meters);
        main.bind("ledger", database);
        main.bind("ledgerTransaction", new TransactionPolicy(transaction));
        main.bind("jms", jms());
        main.bind("recorder", recorder);
        main.bind("teller", teller);
        main.bind("errors", new Errors(ledger, desk, spool, metrics, watch));
        Places places = new Places(claude.concurrency());
        Intakes intakes = new Intakes(places, home.resolve("inbox"), parser, settings.http());
        intakes.bind(main, watch, clock);
        main.bind("queue", new QueueIntake(parser, watch));
        main.bind("steps", new RequestSteps(desk, router, ledger, metrics));
        main.bind("router", router);
        pool = WarmCalls.bind(main, settings, spool, places, metrics);
        Attempting.bind(main, settings, breakers, ledger, metrics);
        lessons = new Lessons(beliefs, experiences, catalogue, estimator, transaction);
        main.bind("lessons", lessons);
        main.bind("records", new RecordSteps(ledger, lessons, desk, spool, metrics));
        main.bind("streams", new EventStreams(EventStreams.SIGN_OF_LIFE));
        main.bind("delivery", new Delivery(new Outbox(home.resolve("outbox"), home.resolve("failed")), watch));
        main.bind("recovery", new Recovery(ledger, runs, new Traces(spool, replies, claude.timeout()), accountant, desk));
        main.bind("nodes", nodes);
        UsageExport export = new UsageExport(jdbc, home.resolve("exports"), clock, new OneAtATime(
                OneAtATime.Work.EXPORT, settings.db().isPostgres() ? database : null));
        main.bind("export", export);
        Retention retention = new Retention(database, transaction, spool, new Retention.Setting(settings.retention(), home,
                settings.db().isPostgres(), clock));
        retention.prepare();
        main.bind("retention", retention);
        main.bind("repeats", new RepeatWatch(new RepeatStore(jdbc, transaction, requests, beliefs, clock), new OneAtATime(
                OneAtATime.Work.REPEATS, settings.db().isPostgres() ? database : null), new RepeatWeight(repeatWeight), clock));
        main.bind("ruleBook", rules);
        main.bind("projectApi", new ProjectApi(projects, new ProjectParser(catalogue), rules, catalogue));
        main.bind("ruleApi", new RuleApi(rules, new BacktestApi(rules, projects, new Backtest(new Records(jdbc),
                projects::find, fallback, clock.getZone()), clock, new Progress())));
        BanditRecord record = new BanditRecord(jdbc);
        main.bind("usageApi", new UsageApi(new UsageReport(jdbc), projects, new ModelsReport(catalogue, knowledge,
                estimator, new BanditMoney(record, catalogue, clock), breakers::state), export, clock));
        main.bind("banditApi", new BanditApi(record, catalogue, clock));
        Health.bindUnknown(main, listing::unknown);
        main.bind("requestApi", new RequestApi(requests, new Attempts(jdbc), listing, spending, feedback, new Resolution(runs, requests, ledger,
                done -> context(main).createProducerTemplate().sendBody("direct:record-usage", done)), desk,
                (id, run) -> Attempting.wasStarted(spool, id, run), router::explain,
                new Repetition(requests, beliefs::at)));
        DirectBackups.bind(main, DirectBackups.backups(settings, database, gate, lock.node(), clock), lock.node(), metrics);
        RouteFolder routes = new RouteFolder(home.resolve("routes"));
        main.bind("routeFolder", routes);
        Health.bind(main, rules, routes);
        WatchedCli.bind(main, settings, new CliWatch.Spares(pool::probe, pool::recycle), clock);
    }

    private static CamelContext context(Main main) {
        return main.getCamelContext();
    }

    /** Each HTTP caller that waits for an answer holds a worker; the others must find one free. */
    private Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setWorkerPoolSize(HttpLine.most(settings.claude().concurrency(), settings.http().line()) + SPARE_WORKERS)
                .setMaxWorkerExecuteTime(settings.claude().timeout().multipliedBy(2).toNanos())
                .setPreferNativeTransport(false));
    }

    private static String brokerUrl(Settings settings) {
        return settings.broker().url() == null ? EmbeddedBroker.IN_VM : settings.broker().url();
    }

    private JmsComponent jms() {
        ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(brokerUrl(settings));
        // A message that is sent ahead to a consumer would wait there behind that one's call.
        broker.setConsumerWindowSize(0);
        connections.setConnectionFactory(broker);
        JmsComponent jms = JmsComponent.jmsComponent(connections);
        jms.setRecoveryInterval(Duration.ofSeconds(2).toMillis());
        return jms;
    }

    void close() throws Exception {
        if (pool != null) {
            pool.close();
        }
        recorder.shutdown();
        teller.shutdown();
        connections.stop();
        if (lessons != null && !database.isClosed()) {
            lessons.close();
        }
        if (broker.isPresent()) {
            broker.get().close();
        }
        database.close();
        lock.close();
    }
}
