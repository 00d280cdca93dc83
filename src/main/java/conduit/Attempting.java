package conduit;

import conduit.attempt.Backoff;
import conduit.attempt.Breakers;
import conduit.attempt.Means;
import conduit.attempt.Pause;
import conduit.claude.Failure;
import conduit.claude.Spool;
import conduit.flow.AttemptSteps;
import conduit.flow.Health;
import conduit.flow.Metrics;
import conduit.ledger.Accountant;
import conduit.ledger.Ledger;
import conduit.ledger.Run;
import conduit.routing.Estimator;
import conduit.settings.Settings;
import org.apache.camel.main.Main;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Binds what calls are made again with. */
final class Attempting {

    private Attempting() {
    }

    static Breakers breakers(Settings settings, Clock clock) {
        return new Breakers(settings.catalogue().ids(), new Breakers.Setting(settings.tries().breakerFailures(),
                settings.tries().breakerPause()), clock);
    }

    /** Whether a process was started for any attempt of a run. */
    static boolean wasStarted(Spool spool, String id, int run) {
        return spool.wasStarted(id + "~" + run)
                || spool.keys().stream().anyMatch(key -> Run.isOf(key, id, run) && spool.wasStarted(key));
    }

    static void bind(Main main, Settings settings, Breakers breakers, Ledger ledger, Metrics metrics) {
        Settings.Tries tries = settings.tries();
        main.bind("attempts", new AttemptSteps(new Means(ledger, new Accountant(settings.catalogue()),
                new Estimator(settings.claude().maxOutputTokens()), breakers, new Means.Patience(settings.claude().timeout(),
                tries.retries(), new Backoff(tries.delay(), new SplittableRandom(new SecureRandom().nextLong())),
                Pause.sleeping()))));
        main.bind("breakers", breakers);
        Health.bindBreakers(main, () -> breakers.open().stream().collect(Collectors.toMap(model -> model,
                model -> breakers.last(model).map(Failure::text).orElse("for no reason that is known"), (a, b) -> a, LinkedHashMap::new)));
        breakers.models().forEach(model -> metrics.breaker(model, () -> switch (breakers.state(model)) {
            case "open" -> 1;
            case "half-open" -> 0.5;
            default -> 0;
        }));
    }
}
