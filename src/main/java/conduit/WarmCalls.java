package conduit;

import conduit.claude.ClaudeCommand;
import conduit.claude.ClaudeProcess;
import conduit.claude.Measured;
import conduit.claude.Places;
import conduit.claude.ReplyReader;
import conduit.claude.Runner;
import conduit.claude.Spool;
import conduit.claude.WarmPool;
import conduit.flow.ClaudeExec;
import conduit.flow.Metrics;
import conduit.settings.Settings;
import org.apache.camel.main.Main;

/** Binds what runs the CLI's calls. */
final class WarmCalls {

    private WarmCalls() {
    }

    /** Returns the pool, which is to be closed once no call runs. */
    static WarmPool bind(Main main, Settings settings, Spool spool, Places places, Metrics metrics) {
        Settings.Claude claude = settings.claude();
        ClaudeCommand command = new ClaudeCommand(claude.command(), claude.bare(), claude.environment());
        WarmPool pool = new WarmPool(spool, command, places, new WarmPool.Setting(settings.catalogue().byDefault().id(),
                claude.maxOutputTokens(), claude.timeout(), claude.warm().maxAge(), System::nanoTime));
        Runner runner = new Runner(command, new ClaudeProcess(claude.outputLimit()), pool);
        main.bind("claude", new ClaudeExec(command, runner, new ReplyReader(claude.outputLimit()),
                new ClaudeExec.Calls(spool, places, claude.timeout())));
        metrics.claude(runner, pool);
        pool.start(switch (claude.warm().mode()) {
            case "on" -> () -> true;
            case "off" -> () -> false;
            default -> new Measured(command, spool.folder());
        });
        return pool;
    }
}
