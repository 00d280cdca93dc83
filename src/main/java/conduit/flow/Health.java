package conduit.flow;

import conduit.rules.RuleBook;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What makes Conduit unfit to serve, and what its owners should look at. */
public final class Health extends AbstractHealthCheck {

    private final Supplier<List<String>> faults;
    private final BooleanSupplier fatal;

    /** @param fatal whether a fault means DOWN; else it is told, and Conduit serves as well as it can */
    private Health(String id, BooleanSupplier fatal, Supplier<List<String>> faults) {
        super("conduit", id);
        this.fatal = fatal;
        this.faults = faults;
    }

    /** Binds a check for what waits for an operator; it is told, and Conduit serves. */
    public static void bindUnknown(Main main, LongSupplier unknown) {
        main.bind("health-requests", new Health("conduit-requests", () -> false, () -> unknown.getAsLong() == 0 ? List.of()
                : List.of(unknown.getAsLong() + " requests ended in a way that can't be known, and their cost stays set "
                + "aside: see GET /v1/requests?state=unknown")));
    }

    /** Binds a check for the models that are left alone; they are told, and Conduit serves with the others. */
    public static void bindBreakers(Main main, Supplier<Map<String, String>> open) {
        main.bind("health-models", new Health("conduit-models", () -> false, () -> open.get().entrySet().stream()
                .map(model -> model.getKey() + " failed often of late (" + model.getValue() + ") and is left alone for a while")
                .toList()));
    }

    /** Binds a check for the scheduled backups; what is wrong with them is told, and Conduit serves. */
    public static void bindBackups(Main main, Supplier<List<String>> faults) {
        main.bind("health-backups", new Health("conduit-backups", () -> false, faults));
    }

    /** Binds a check for the ledger, the disk and the broker. */
    public static void bind(Main main, Watch watch) {
        main.bind("health-storage", new Health("conduit-storage", () -> true, watch::faults));
    }

    /** Binds a check for the CLI. */
    public static void bind(Main main, CliWatch claude) {
        main.bind("health-claude", new Health("conduit-claude", () -> true, () -> claude.fault().stream().toList()));
    }

    /** Binds a check for the rules and the routes. */
    public static void bind(Main main, RuleBook rules, RouteFolder routes) {
        main.bind("health-rules", new Health("conduit-rules", rules::isIncomplete, () -> Stream.concat(
                rules.problems().entrySet().stream()
                        .sorted(Comparator.comparing(file -> !rules.isLeftOut(file.getKey())))
                        .map(file -> file.getValue().get(0).toString()),
                rules.overtimes().told().stream()).toList()));
        main.bind("health-routes", new Health("conduit-routes", () -> true, () -> routes.faults(main.getCamelContext())));
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> found;
        try {
            found = faults.get();
        } catch (RuntimeException e) {
            builder.message("can't be told while the ledger can't be read: see conduit-storage").unknown();
            return;
        }
        if (found.isEmpty()) {
            builder.up();
            return;
        }
        builder.detail("faults", String.join("; ", found)).message(found.get(0));
        if (fatal.getAsBoolean()) {
            builder.down();
        } else {
            builder.up();
        }
    }
}
