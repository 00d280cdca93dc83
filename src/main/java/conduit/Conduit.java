package conduit;

import conduit.settings.Keys;
import conduit.settings.SettingException;
import conduit.settings.Settings;
import org.slf4j.LoggerFactory;

import java.time.Clock;

/** {@code java -jar conduit.jar [serve]}, or other words of the command line: exit status 0 done, 1 found wanting, 2 wrong use. */
public final class Conduit {

    /** From this version on Java warns of it. */
    private static final int NO_VFORK = 22;

    private Conduit() {
    }

    public static void main(String[] args) {
        if (Runtime.version().feature() < NO_VFORK) {
            // Saves a helper process for each call of the CLI.
            System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
        }
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length == 0 || args.length == 1 && args[0].equals("serve")) {
            return serve();
        }
        // A class of its own: a server that starts need not load the command line.
        return Words.run(args);
    }

    private static int serve() {
        try {
            Keys keys = Keys.load(System.getenv(), System.getProperties());
            keys.warnings(System.getProperties()).forEach(LoggerFactory.getLogger(Conduit.class)::warn);
            Settings settings = Settings.read(keys, System.getenv());
            return new Server(settings, Clock.system(settings.zone())).run();
        } catch (SettingException e) {
            return fail(2, e.getMessage(), null);
        } catch (StartException e) {
            return fail(1, e.getMessage(), e);
        } catch (Exception e) {
            return fail(1, "The routes can't start: " + Preflight.firstLine(Preflight.root(e).getMessage())
                    + ". Look into the files of routes/, first into the one that was changed last.", e);
        }
    }

    private static int fail(int status, String message, Throwable cause) {
        LoggerFactory.getLogger(Conduit.class).debug("The start failed", cause);
        System.err.println("conduit: " + message);
        return status;
    }
}
