package conduit.cli;

import conduit.json.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in one line what is wrong with the words of a call. */
final class WrongWords {

    private WrongWords() {
    }

    static String explain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String tail = " Try " + command.getCommandSpec().qualifiedName(" ").replaceFirst("^.*\\.jar ?", "")
                .replaceFirst("(?<=.)$", " ") + "--help.";
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command) + tail;
        }
        if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing(), command) + tail;
        }
        if (e.getMessage().startsWith("Missing required subcommand")) {
            return name(command) + " needs one of these words: " + String.join(", ", words(command)) + "." + tail;
        }
        String message = e.getMessage().replaceFirst("\\.?$", ".");
        return message.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + message.substring(1) + tail;
    }

    /** The command as a user would call it. */
    private static String name(CommandLine command) {
        String words = command.getCommandSpec().qualifiedName(" ").replaceFirst("^.*\\.jar ?", "");
        return words.isEmpty() ? "Conduit" : "\"" + words + "\"";
    }

    private static List<String> words(CommandLine command) {
        return new ArrayList<>(command.getSubcommands().keySet());
    }

    private static String unmatched(String word, CommandLine command) {
        String given = word.replaceFirst("(?<=^--[a-z-]{1,40})=.*", "");
        if (given.startsWith("-Dconduit.")) {
            return "Settings stand before -jar: java " + given + " -jar ….";
        }
        CommandSpec spec = command.getCommandSpec();
        boolean option = given.startsWith("-");
        List<String> known = option ? new ArrayList<>(spec.optionsMap().keySet()) : words(command);
        String nearest = known.isEmpty() ? null : Nearest.of(given, known);
        return "\"" + given + "\" is not " + (option ? "an option" : known.isEmpty() ? "expected" : "a command")
                + (known.isEmpty() ? " by " : " of ") + name(command) + "."
                + (nearest == null ? "" : " Did you mean " + nearest + "?");
    }

    private static String missing(List<ArgSpec> missing, CommandLine command) {
        ArgSpec first = missing.get(0);
        return first instanceof OptionSpec option
                ? option.required() ? name(command) + " needs " + option.longestName() + " " + option.paramLabel() + "."
                : option.longestName() + " needs " + option.paramLabel() + " behind it."
                : name(command) + " needs " + missing.stream().map(ArgSpec::paramLabel)
                        .collect(Collectors.joining(" and ")) + ".";
    }
}
