package conduit;

import conduit.claude.ClaudeCommand;
import conduit.claude.CliCheck;
import conduit.claude.Versions;
import conduit.flow.CliWatch;
import conduit.flow.Health;
import conduit.settings.Settings;
import org.apache.camel.main.Main;

import java.time.Clock;
import java.time.Duration;

/** Puts the CLI under watch. */
final class WatchedCli {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private WatchedCli() {
    }

    static void bind(Main main, Settings settings, CliWatch.Spares spares, Clock clock) {
        Settings.Claude claude = settings.claude();
        CliCheck check = new CliCheck(new ClaudeCommand(claude.command(), claude.bare(), claude.environment()),
                Versions.of(claude.versions()), settings.home().resolve("h2-data/check"), LONGEST_ANSWER);
        CliWatch watch = new CliWatch(check, spares, clock);
        main.bind("claudeWatch", watch);
        Health.bind(main, watch);
    }
}
