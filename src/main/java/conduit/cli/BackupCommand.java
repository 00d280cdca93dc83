package conduit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The words about backups. */
@Command(name = "backup", synopsisSubcommandLabel = "COMMAND", descriptionHeading = "%n", optionListHeading = "%n",
        footerHeading = "%n", description = {"Makes, lists and restores backups in the folder backups/.",
        "They ask the server that runs; where none runs, the database itself."},
        commandListHeading = "%nCommands:%n", footer = {"Examples:",
        "  java -jar target/conduit.jar backup create",
        "  java -jar target/conduit.jar backup create --project shop",
        "  java -jar target/conduit.jar backup list",
        "  java -jar target/conduit.jar backup restore backup-2026-11-21T033000.000Z.jsonl.gz --dry-run"})
final class BackupCommand {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;
}
