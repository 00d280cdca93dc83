package conduit;

import conduit.cli.Cli;
import conduit.cli.World;
import conduit.settings.Keys;
import conduit.settings.SettingException;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** The command line at this machine's console. */
final class Words {

    private Words() {
    }

    static int run(String[] words) {
        // Before the first logger: what a command has to say it says itself.
        System.setProperty("logback.configurationFile", "logback-silent.xml");
        PrintStream err = stream(FileDescriptor.err);
        try {
            Keys keys = Keys.load(System.getenv(), System.getProperties());
            keys.warnings(System.getProperties()).forEach(line -> err.println("Take care: " + line + "."));
            String version = Words.class.getPackage().getImplementationVersion();
            Clock clock = Clock.system(keys.zone("conduit.zone"));
            return new Cli(new World(System.in, stream(FileDescriptor.out), err, isTerminal(), keys, clock,
                    () -> DirectBacktests.open(keys, clock), make -> DirectBackups.open(keys, clock, make),
                    () -> DirectAnswers.open(keys, clock), version == null ? "of an unknown version" : version))
                    .run(words);
        } catch (SettingException e) {
            err.println("conduit: " + e.getMessage());
            return 2;
        }
    }

    /** UTF-8 whatever the console's own encoding: a JSON object has no other. */
    private static PrintStream stream(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
    }

    /** Whether standard error ends at a terminal; Java itself knows it of input and output together only. */
    private static boolean isTerminal() {
        try {
            return Path.of("/proc/self/fd/2").toRealPath().toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException e) {
            return System.console() != null;
        }
    }
}
