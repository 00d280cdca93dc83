package conduit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What stands above all words. */
@Command(name = "java [-Dkey=value …] -jar conduit.jar", synopsisSubcommandLabel = "[COMMAND]", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {
        "Conduit sends every prompt to the right Claude model, within a budget, and accounts for every cent."},
        commandListHeading = "%nCommands, each with a --help of its own:%n", footer = {
        "Settings that are changed most often:",
        "  -Dconduit.profile=demo      answers come from the simulator, not from Claude",
        "  -Dconduit.home=FOLDER       where routes/, rules/, h2-data/ and inbox/ are (default: this folder)",
        "  -Dconduit.http.port=8080    the API",
        "  -Dconduit.claude.command=…  the Claude CLI (default: claude on PATH)",
        "All of them, with their defaults: docs/operate.md", "",
        "Exit status: 0 done, 1 found wanting, 2 wrong use."})
final class TopCommand {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show Conduit's version.")
    private boolean version;
}
