package conduit;

import conduit.flow.HttpProblems;
import conduit.settings.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import java.time.Clock;
import java.util.Properties;

/** Camel with Conduit's beans and the routes of {@code routes/}. */
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int DRAIN_EXTRA_SECONDS = 15;

    private final Settings settings;
    private final Wiring wiring;
    private final Main main = new Main(Server.class);

    /** @param clock in the settings' zone */
    Server(Settings settings, Clock clock) {
        this.settings = settings;
        Preflight.check(settings);
        wiring = new Wiring(settings, clock);
        try {
            wiring.bind(main);
        } catch (DataAccessException e) {
            closeQuietly();
            throw new StartException("The database can't be written: " + Preflight.firstLine(Preflight.root(e).getMessage())
                    + ". Check that h2-data is writable and has room, or that PostgreSQL takes writes.", e);
        }
        main.bind("httpProblems", new HttpProblems(settings.http().port(), settings.http().maxBody()));
        main.setDefaultPropertyPlaceholderLocation("false");
        settings.placeholders().forEach(main::addInitialProperty);
        Properties camel = properties(settings);
        camel.stringPropertyNames().forEach(key -> main.addInitialProperty(key, camel.getProperty(key)));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                ready();
            }

            @Override
            public void beforeStop(BaseMainSupport stopping) {
                LOG.info("Conduit stops: what runs is brought to its end, what waits stays in inbox/ and on the queue");
            }

            @Override
            public void afterStop(BaseMainSupport stopped) {
                closeQuietly();
            }
        });
    }

    private static Properties properties(Settings settings) {
        Properties camel = new Properties();
        String routes = settings.home().resolve("routes").toString();
        camel.put("camel.main.name", "conduit");
        camel.put("camel.main.logName", "conduit.route");
        camel.put("camel.main.routesIncludePattern", "file:" + routes + "/*.camel.yaml");
        camel.put("camel.main.routesReloadEnabled", "true");
        camel.put("camel.main.routesReloadDirectory", routes);
        camel.put("camel.main.routesReloadPattern", "*.camel.yaml");
        // With true, one bad file would take every inlet away.
        camel.put("camel.main.routesReloadRemoveAllRoutes", "false");
        camel.put("camel.main.shutdownTimeout",
                Long.toString(settings.claude().timeout().toSeconds() + DRAIN_EXTRA_SECONDS));
        camel.put("camel.main.startupSummaryLevel", "Off");
        camel.put("camel.main.autoConfigurationLogSummary", "false");
        camel.put("camel.main.jmxEnabled", "false");
        camel.put("camel.health.exposureLevel", "full");
        camel.put("camel.metrics.enabled", "true");
        camel.put("camel.metrics.path", "/observe/metrics");
        camel.put("camel.metrics.enableMessageHistory", "false");
        camel.put("camel.server.enabled", "true");
        camel.put("camel.server.host", settings.http().host());
        camel.put("camel.server.port", Integer.toString(settings.http().port()));
        camel.put("camel.server.maxBodySize", Integer.toString(settings.http().maxBody()));
        camel.put("camel.server.fileUploadEnabled", "false");
        camel.put("camel.management.enabled", "true");
        camel.put("camel.management.host", "127.0.0.1");
        camel.put("camel.management.healthCheckEnabled", "true");
        camel.put("camel.management.healthPath", "/observe/health");
        camel.put("camel.management.metricsEnabled", "true");
        camel.put("camel.management.port", Integer.toString(settings.http().managementPort()));
        return camel;
    }

    private void ready() {
        LOG.info("Conduit is ready: http://{}:{}/v1, files in {}, queue conduit.requests on {}, health and metrics on "
                + "http://127.0.0.1:{}/observe", settings.http().host(), settings.http().port(),
                settings.home().resolve("inbox"), settings.broker().url() != null ? "the outside broker"
                : settings.broker().port() == 0 ? "the embedded broker" : "tcp://127.0.0.1:" + settings.broker().port(),
                settings.http().managementPort());
        if (settings.demo()) {
            LOG.warn("DEMO: answers come from the simulator {}, not from Claude; costs are booked, and nobody pays them",
                    settings.claude().command());
        }
    }

    /** Runs until the process is told to stop. Returns the exit status. */
    int run() throws Exception {
        try {
            main.run();
            return main.getExitCode();
        } finally {
            closeQuietly();
        }
    }

    /** Starts and returns; for tests. */
    CamelContext start() {
        main.start();
        // Camel calls its main listeners in run() only.
        ready();
        return main.getCamelContext();
    }

    void stop() {
        main.stop();
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            wiring.close();
        } catch (Exception e) {
            LOG.warn("Conduit did not close everything: {}", e.toString());
        }
    }
}
