package conduit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The words about rule files. */
@Command(name = "rules", synopsisSubcommandLabel = "COMMAND", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {
        "Looks at rule files before they serve.", "check, test and explain need no server."},
        commandListHeading = "%nCommands:%n", footer = {"Examples:",
        "  java -jar target/conduit.jar rules check rules",
        "  java -jar target/conduit.jar rules test rules/routing.drl",
        "  java -jar target/conduit.jar rules explain rules --prompt \"Please check this contract\"",
        "  java -jar target/conduit.jar rules backtest rules/routing.drl --from 2026-11-01", "",
        "How rules are written: rules/README.md"})
final class RulesCommand {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;
}
