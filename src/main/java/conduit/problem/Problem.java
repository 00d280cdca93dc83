package conduit.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One problem, as RFC 9457 describes it.
 *
 * @param detail what is wrong and what is allowed, in a sentence for the sender; never a path or a secret
 * @param more   further members of the JSON object, such as {@code field} or {@code resetsAt}
 */
public record Problem(Kind kind, String detail, Map<String, Object> more) {

    public Problem {
        more = Map.copyOf(more);
    }

    public static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, Map.of());
    }

    /** A problem with one field of the input. */
    public static Problem field(String field, String detail) {
        return new Problem(Kind.BAD_REQUEST, detail, Map.of("field", field));
    }

    /** This problem with one more member; a null value adds nothing. */
    public Problem with(String name, Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Problem(kind, detail, all);
    }

    /** This problem without a member. */
    public Problem without(String name) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.remove(name);
        return new Problem(kind, detail, all);
    }

    /** The problem that {@link #toMap} wrote. */
    public static Problem read(Map<?, ?> members) {
        Map<String, Object> more = new LinkedHashMap<>();
        members.forEach((name, value) -> more.put((String) name, value));
        Kind kind = Kind.of((String) more.remove("type"));
        String detail = (String) more.remove("detail");
        more.keySet().removeAll(java.util.Set.of("title", "status"));
        return new Problem(kind, detail, more);
    }

    /** This problem with the whole seconds after which another try makes sense, at least one. */
    public Problem retryAfter(Duration wait) {
        return with("retryAfterSeconds", Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** The members of the JSON object, in the order in which people read them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", kind.type());
        map.put("title", kind.title());
        map.put("status", kind.status());
        map.put("detail", detail);
        more.keySet().stream().sorted().forEach(name -> map.put(name, more.get(name)));
        return map;
    }
}
