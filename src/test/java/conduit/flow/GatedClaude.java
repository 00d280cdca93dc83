package conduit.flow;

import conduit.ConduitRig;
import conduit.claude.Places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The simulator behind a gate: each call starts at once and ends when the test lets one through. */
final class GatedClaude {

    private final Path folder;
    private int let;

    private GatedClaude(Path folder) {
        this.folder = folder;
    }

    /** Makes it the command of a Conduit that is not started yet. */
    static GatedClaude in(ConduitRig conduit) throws IOException {
        Path folder = Files.createDirectories(conduit.home().resolve("gate"));
        Files.createDirectory(folder.resolve("tokens"));
        Path script = Files.writeString(folder.resolve("claude"), """
                #!/bin/sh
                case "$*" in *--version*|*auth*) exec '%1$s' "$@" ;; esac
                out=$('%1$s' "$@")
                code=$?
                while [ ! -e '%2$s/open' ]; do
                  for token in '%2$s'/tokens/*; do rm "$token" 2>/dev/null && break 2; done
                  sleep 0.02
                done
                printf '%%s\\n' "$out"
                exit $code
                """.formatted(Path.of("src/simulator/claude").toAbsolutePath(), folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        conduit.set("conduit.claude.command", script.toString());
        return new GatedClaude(folder);
    }

    /** Lets one of the calls that run come to its end. */
    void letOne() throws IOException {
        Files.createFile(folder.resolve("tokens/" + ++let));
    }

    /** Lets all through, now and later. */
    void open() throws IOException {
        Files.write(folder.resolve("open"), new byte[0]);
    }

    /** The keys of all calls in the order in which their processes were started. */
    static List<String> starts(ConduitRig conduit) throws IOException {
        return conduit.simulatorLog().stream().filter(line -> line.path("event").asText().equals("start"))
                .map(line -> line.path("key").asText()).toList();
    }

    static Places places(ConduitRig conduit) {
        return conduit.context().getRegistry().lookupByNameAndType("places", Places.class);
    }
}
