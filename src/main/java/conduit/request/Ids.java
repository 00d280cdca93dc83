package conduit.request;

import conduit.problem.Problem;

import java.util.regex.Pattern;

/** The form of ids that strangers choose: safe as a file's name, a key and a log's word. */
public final class Ids {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private Ids() {
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches() && !text.contains("..");
    }

    /**
     * Returns the id if it is one; null passes.
     *
     * @throws conduit.problem.ProblemException naming the field and what an id may hold
     */
    public static String check(String field, String id) {
        if (id != null && !isId(id)) {
            String shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
            throw Problem.field(field, field + " is \"" + shown + "\"; it must be 1 to 100 letters, digits, '.', "
                    + "'_', ':' or '-', beginning with a letter or digit and without '..'.").asException();
        }
        return id;
    }
}
