package conduit.cli;

import conduit.problem.ProblemException;
import conduit.settings.SettingException;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs one call of the command line. */
public final class Cli {

    private static final int WIDTH = 100;

    private final World world;

    public Cli(World world) {
        this.world = world;
    }

    /** @return the exit status: 0 done, 1 found wanting, 2 wrong use */
    public int run(String... words) {
        try {
            return commands().execute(words);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return failed(e);
        } finally {
            world.out().flush();
            world.err().flush();
        }
    }

    private CommandLine commands() {
        CommandLine rules = new CommandLine(new RulesCommand())
                .addSubcommand(new CheckCommand(world)).addSubcommand(new TestCommand(world))
                .addSubcommand(new ExplainCommand(world)).addSubcommand(new BacktestCommand(world));
        CommandLine backup = new CommandLine(new BackupCommand()).addSubcommand(new BackupCreate(world))
                .addSubcommand(new BackupList(world)).addSubcommand(new BackupRestore(world));
        CommandLine bandit = new CommandLine(new BanditCommand()).addSubcommand(new BanditShow(world))
                .addSubcommand(new BanditRepeat(world)).addSubcommand(new BanditEvaluate(world))
                .addSubcommand(new ReplayCommand(world));
        CommandLine all = new CommandLine(new TopCommand()).addSubcommand(new ServeCommand()).addSubcommand(rules)
                .addSubcommand(bandit).addSubcommand(backup)
                .addSubcommand(new UsageCommand(world)).addSubcommand(new ExportCommand(world))
                .addSubcommand(new HelpCommand());
        all.getCommandSpec().version("conduit " + world.version() + " (Java " + Runtime.version().feature() + ")");
        return all.setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF)).setUsageHelpWidth(WIDTH)
                // A prompt or a file may begin with an @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, words) -> misused(WrongWords.explain(e)))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    }

    private int misused(String message) {
        world.note("conduit: " + message);
        return CommandLine.ExitCode.USAGE;
    }

    private int failed(Throwable e) {
        if (e instanceof Misuse || e instanceof SettingException) {
            return misused(e.getMessage());
        }
        if (e instanceof ProblemException problem) {
            return misused(problem.problem().detail());
        }
        world.note("conduit: " + (e instanceof Unable ? e.getMessage() : "This failed in a way that nobody foresaw: "
                + e + ". Please tell those who look after Conduit what you asked."));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
