package conduit.flow;

import conduit.api.Call;
import conduit.json.Json;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.request.Inlet;
import conduit.request.LlmRequest;
import conduit.request.RequestParser;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes HTTP calls in: reads the request itself, not Camel's headers, and removes those. */
public final class HttpIntake {

    private static final Set<String> WORKBOOK = Set.of("application/octet-stream",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final RequestParser parser;
    private final HttpLine line;

    public HttpIntake(RequestParser parser, HttpLine line) {
        this.parser = parser;
        this.line = line;
    }

    /** Makes the body a {@link Call}. */
    public void call(Exchange exchange) {
        exchange.setProperty(Carried.INLET, Inlet.HTTP.text());
        HttpServerRequest request = ((HttpMessage) exchange.getMessage()).getRequest();
        Object body = exchange.getMessage().getBody();
        byte[] bytes = body == null || body instanceof Map ? new byte[0] : exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(null);
        boolean writes = !request.method().name().equals("GET");
        boolean isRuleFile = request.method().name().equals("PUT") && request.path().startsWith("/v1/rules/");
        boolean isWorkbook = isRuleFile && request.path().endsWith(".xlsx");
        if (writes) {
            checkType(request, isRuleFile, isWorkbook);
        }
        List<String> path = Arrays.stream(request.path().split("/")).skip(2).map(HttpIntake::decoded).toList();
        Map<String, String> query = new LinkedHashMap<>();
        request.params().forEach(parameter -> query.putIfAbsent(parameter.getKey(), parameter.getValue()));
        exchange.getMessage().setBody(new Call(request.method().name(), path, query, !writes ? "" : isWorkbook ? new String(bytes, StandardCharsets.ISO_8859_1) : Json.utf8(bytes)));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    private static void checkType(HttpServerRequest request, boolean isText, boolean isWorkbook) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding is \"" + shortened(encoding)
                    + "\"; send the body as it is.").with("field", "Content-Encoding").asException();
        }
        String type = request.getHeader("Content-Type");
        if (type == null) {
            return;
        }
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (isWorkbook && WORKBOOK.contains(media)) {
            return;
        }
        if (isText && !media.startsWith("text/")) {
            // The server would take a form apart, and nothing of the file would be left.
            throw Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type is \"" + shortened(media)
                    + "\"; it must be text/plain (curl -H 'Content-Type: text/plain' --data-binary @FILE).")
                    .with("field", "Content-Type").asException();
        }
        if (!isText && !media.equals("application/json") && !media.endsWith("+json")) {
            throw Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type is \"" + shortened(media)
                    + "\"; it must be application/json (curl -H 'Content-Type: application/json').")
                    .with("field", "Content-Type").asException();
        }
        String charset = type.toLowerCase(Locale.ROOT).replaceAll(".*charset=\"?([^\";]*).*", "$1");
        if (type.toLowerCase(Locale.ROOT).contains("charset=") && !charset.strip().equals("utf-8")) {
            throw Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "The charset is \"" + shortened(charset)
                    + "\"; it must be utf-8.").with("field", "Content-Type").asException();
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** The request in a call's body; one without an id gets one. */
    public LlmRequest request(Call call) {
        return parser.json(call.body(), new RequestParser.Origin(Inlet.HTTP, "http-" + UUID.randomUUID(), null));
    }

    /** Refuses a request where too many of its project wait already; files and messages wait in their inlets instead. */
    public void takePlace(Exchange exchange) {
        String project = exchange.getMessage().getBody(LlmRequest.class).project();
        line.enter(project);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                line.leave(project);
            }
        });
    }
}
