package conduit.rules.fact;

import conduit.expression.Deadline;
import conduit.json.Json;
import conduit.request.LlmRequest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fact that rules read: what is asked, when, and what its project has spent. Read-only. */
public final class Request {

    /** The names that a rule may use, as its author writes them. */
    public static final List<String> FIELDS = List.of("id", "project", "prompt", "message", "system",
            "tokenCount", "agentId", "agentType", "session", "user", "category", "flags", "metadata", "inlet", "hour",
            "dayOfWeek", "dailySpendUsd", "monthlySpendUsd");

    private final LlmRequest request;
    private final Circumstances circumstances;
    private final Map<String, String> metadata;
    private final Matching matching;

    public Request(LlmRequest request, Circumstances circumstances) {
        this(request, circumstances, new HashMap<>(), new Matching(Map.of(), Deadline.none()));
        request.metadata().forEach((name, value) ->
                metadata.put(name, value == null ? null : value instanceof String text ? text : Json.write(value)));
    }

    private Request(LlmRequest request, Circumstances circumstances, Map<String, String> metadata, Matching matching) {
        this.request = request;
        this.circumstances = circumstances;
        this.metadata = metadata;
        this.matching = matching;
    }

    /** The same request for rules whose expressions are compiled already, until a deadline. */
    public Request with(Matching other) {
        return new Request(request, circumstances, metadata, other);
    }

    /** Whether prompt and system are known. */
    public boolean hasTexts() {
        return circumstances.hasTexts();
    }

    /**
     * Whether a text fits a regular expression as a whole; null never does.
     *
     * @throws conduit.expression.OvertimeException if it takes too long
     */
    public boolean fits(String text, String expression) {
        return matching.fits(text, expression);
    }

    /** @throws conduit.expression.OvertimeException if the decision has taken too long */
    public void check() {
        matching.check();
    }

    /** A field by its name; null if the sender left it out. */
    public Object value(String field) {
        return switch (field) {
            case "id" -> getId();
            case "project" -> getProject();
            case "prompt", "message" -> getPrompt();
            case "system" -> getSystem();
            case "tokenCount" -> getTokenCount();
            case "agentId" -> getAgentId();
            case "agentType" -> getAgentType();
            case "session" -> getSession();
            case "user" -> getUser();
            case "category" -> getCategory();
            case "flags" -> getFlags();
            case "metadata" -> getMetadata();
            case "inlet" -> getInlet();
            case "hour" -> getHour();
            case "dayOfWeek" -> getDayOfWeek();
            case "dailySpendUsd" -> getDailySpendUsd();
            case "monthlySpendUsd" -> getMonthlySpendUsd();
            default -> throw new IllegalArgumentException(field);
        };
    }

    /** The request's id. */
    public String getId() {
        return request.id();
    }

    /** The project that pays. */
    public String getProject() {
        return request.project();
    }

    /** The text for the model. */
    public String getPrompt() {
        return request.prompt();
    }

    /** Another name of prompt. */
    public String getMessage() {
        return request.prompt();
    }

    /** The system prompt, empty if none. */
    public String getSystem() {
        return request.system();
    }

    /** The estimate of input tokens. */
    public int getTokenCount() {
        return circumstances.tokenCount();
    }

    /** The asking program, or null. */
    public String getAgentId() {
        return request.agent().id();
    }

    /** Its type, or null. */
    public String getAgentType() {
        return request.agent().type();
    }

    /** The session's label, or null. */
    public String getSession() {
        return request.session();
    }

    /** The user, or null. */
    public String getUser() {
        return request.user();
    }

    /** The sender's category, or null. */
    public String getCategory() {
        return request.category();
    }

    /** The sender's flags, maybe empty. */
    public List<String> getFlags() {
        return request.flags();
    }

    /** The sender's notes, each as text: a rule can't know what kind of value a stranger writes. */
    public Map<String, String> getMetadata() {
        return metadata;
    }

    /** File, http or queue. */
    public String getInlet() {
        return request.inlet().text();
    }

    /** The hour of day, 0 to 23, in Conduit's zone. */
    public int getHour() {
        return circumstances.hour();
    }

    /** MONDAY to SUNDAY, in Conduit's zone. */
    public String getDayOfWeek() {
        return circumstances.day().name();
    }

    /** The project's spend today, US dollars. */
    public double getDailySpendUsd() {
        return circumstances.dailySpend().doubleValue();
    }

    /** The project's spend this month, US dollars. */
    public double getMonthlySpendUsd() {
        return circumstances.monthlySpend().doubleValue();
    }
}
