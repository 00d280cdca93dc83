package conduit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The words about the bandit, which chooses where no rule does. */
@Command(name = "bandit", synopsisSubcommandLabel = "COMMAND", descriptionHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Tells what the bandit knows, why it chose, and what another policy would do.",
        "show, repeat and evaluate ask the server that runs; where none runs, the database itself. replay needs neither."},
        commandListHeading = "%nCommands:%n", footer = {"Examples:",
        "  java -jar target/conduit.jar bandit show",
        "  java -jar target/conduit.jar bandit repeat order-17",
        "  java -jar target/conduit.jar bandit evaluate --policy cheapest --from 2026-11-01",
        "  java -jar target/conduit.jar bandit replay outcomes.csv --prices P25"})
final class BanditCommand {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;
}
