package conduit.flow;

import conduit.json.Json;
import conduit.problem.Kind;
import conduit.problem.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

import java.time.Duration;
import java.util.List;

/**
 * Says as a problem what the HTTP server itself refuses: unknown paths, other methods, bodies that are too large, and
 * whatever comes while not all routes are there yet.
 */
public final class HttpProblems extends SimpleEventNotifierSupport {

    private static final Duration STARTING = Duration.ofSeconds(2);

    private final int port;
    private final int maxBody;
    private volatile boolean ready;

    /** @param port the API's port, by which its router is known */
    public HttpProblems(int port, int maxBody) {
        this.port = port;
        this.maxBody = maxBody;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.CamelContextRoutesStartingEvent starting) {
            install(starting.getContext());
        } else if (event instanceof CamelEvent.CamelContextStartedEvent) {
            ready = true;
        }
    }

    private void install(CamelContext context) {
        Router router = VertxPlatformHttpRouter.lookup(context,
                VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME + "-" + port);
        router.route("/*").order(Integer.MIN_VALUE).handler(this::starting);
        router.route("/*").order(Integer.MAX_VALUE).handler(call -> unmatched(router, call));
        router.route("/*").order(Integer.MIN_VALUE).failureHandler(this::failed);
    }

    private void starting(RoutingContext call) {
        if (ready) {
            call.next();
            return;
        }
        call.response().putHeader("Retry-After", Long.toString(STARTING.toSeconds()));
        answer(call, Problem.of(Kind.STARTING, "Conduit has just been started and does not take requests yet. Send it "
                + "again in a moment.").retryAfter(STARTING));
    }

    private static void unmatched(Router router, RoutingContext call) {
        List<String> methods = router.getRoutes().stream()
                .filter(route -> call.normalizedPath().equals(route.getPath()) && route.methods() != null)
                .map(Route::methods).flatMap(java.util.Set::stream).map(HttpMethod::name).sorted().distinct().toList();
        if (methods.isEmpty()) {
            answer(call, Problem.of(Kind.NOT_FOUND, "There is nothing at this path. The API begins with /v1/, such as "
                    + "POST /v1/complete."));
        } else {
            call.response().putHeader("Allow", String.join(", ", methods));
            answer(call, Problem.of(Kind.METHOD_NOT_ALLOWED, call.request().method() + " is not allowed here; allowed: "
                    + String.join(", ", methods) + "."));
        }
    }

    private void failed(RoutingContext call) {
        answer(call, switch (call.statusCode()) {
            case 413 -> Problem.of(Kind.TOO_LARGE, "The body is too large; at most " + maxBody
                    + " bytes are allowed.").with("field", "body");
            case 400 -> Problem.of(Kind.BAD_REQUEST, "The HTTP request is malformed.");
            case 404 -> Problem.of(Kind.NOT_FOUND, "There is nothing at this path.");
            case 405 -> Problem.of(Kind.METHOD_NOT_ALLOWED, call.request().method() + " is not allowed here.");
            default -> Problem.of(Kind.INTERNAL, "Conduit failed while it worked on this request; its log says why.");
        });
    }

    private static void answer(RoutingContext call, Problem problem) {
        if (!call.response().ended() && !call.response().headWritten()) {
            call.response().setStatusCode(problem.kind().status())
                    .putHeader("Content-Type", "application/problem+json").end(Json.write(problem.toMap()));
        }
    }
}
