package conduit.flow;

import conduit.rules.RuleBook;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What makes Conduit unfit to serve: each check is UP, or DOWN with the reason. */
public final class Health extends AbstractHealthCheck {

    private static final Pattern ROUTE_ID = Pattern.compile("(?m)^- route:\\s*\\n\\s+id: *(\\S+)");

    private final Supplier<List<String>> faults;

    private Health(String id, Supplier<List<String>> faults) {
        super("conduit", id);
        this.faults = faults;
    }

    /** Binds a check for the rules, the routes and the CLI. */
    public static void bind(Main main, RuleBook rules, Path routes, BooleanSupplier findsCommand) {
        main.bind("health-rules", new Health("conduit-rules", () -> rules.problems().values().stream()
                .map(problems -> problems.get(0).toString()).toList()));
        main.bind("health-routes", new Health("conduit-routes", () -> missing(main.getCamelContext(), routes)));
        main.bind("health-claude", new Health("conduit-claude", () -> findsCommand.getAsBoolean() ? List.of()
                : List.of("the Claude CLI is not found; set conduit.claude.command")));
    }

    /** The routes that stand in a file and do not run. */
    static List<String> missing(CamelContext context, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).flatMap(Health::ids)
                    .filter(id -> context.getRoute(id) == null
                            || !context.getRouteController().getRouteStatus(id).isStarted())
                    .map(id -> "route " + id + " does not run").sorted().toList();
        } catch (IOException e) {
            return List.of("the folder of routes can't be read");
        }
    }

    private static Stream<String> ids(Path file) {
        try {
            return ROUTE_ID.matcher(Files.readString(file)).results().map(found -> found.group(1));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> found = faults.get();
        if (found.isEmpty()) {
            builder.up();
        } else {
            builder.detail("faults", String.join("; ", found));
            builder.message(found.get(0)).down();
        }
    }
}
