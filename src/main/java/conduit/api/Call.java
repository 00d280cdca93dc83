package conduit.api;

import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.problem.ProblemException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP call, reduced to what the API reads.
 *
 * @param path  the segments behind {@code /v1/}, decoded
 * @param query the first value of each parameter
 * @param body  the text, empty if none
 */
public record Call(String method, List<String> path, Map<String, String> query, String body) {

    /** The same from a path behind {@code /v1/} that may have a query; {@code body} may be null. */
    public static Call of(String method, String path, String body) {
        String[] halves = path.split("\\?", 2);
        Map<String, String> query = new LinkedHashMap<>();
        for (String part : halves.length == 1 ? new String[0] : halves[1].split("&")) {
            String[] pair = part.split("=", 2);
            query.putIfAbsent(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
        }
        return new Call(method, Arrays.stream(halves[0].split("/")).map(Call::decoded).toList(), query, body == null ? "" : body);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A segment of the path, or null where the path is shorter. */
    public String segment(int index) {
        return index < path.size() ? path.get(index) : null;
    }

    /** Matches a method and a path such as {@code GET projects/*}. */
    public boolean is(String wanted, String... segments) {
        if (!method.equals(wanted) || path.size() != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!segments[i].equals("*") && !segments[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses query parameters that nobody reads: a misspelt one must not widen what is asked.
     *
     * @throws ProblemException naming the first one, and those that there are
     */
    public void checkQuery(String... known) {
        query.keySet().stream().filter(name -> !List.of(known).contains(name)).sorted().findFirst().ifPresent(name -> {
            throw Problem.field(name, "There is no query parameter " + name + " here; there is "
                    + String.join(", ", known) + ".").asException();
        });
    }

    /** A whole number from the query. */
    public int count(String name, int byDefault, int most) {
        String text = query.get(name);
        if (text == null) {
            return byDefault;
        }
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
            throw Problem.field(name, name + " is \"" + text + "\"; it must be a whole number from 1 to " + most + ".")
                    .asException();
        }
        return Integer.parseInt(text);
    }

    /** The problem of a call for which there is nothing here. */
    public ProblemException unknown(String allowed) {
        return Problem.of(Kind.NOT_FOUND, "There is no " + method + " /v1/" + String.join("/", path) + ". There is "
                + allowed + ".").asException();
    }
}
