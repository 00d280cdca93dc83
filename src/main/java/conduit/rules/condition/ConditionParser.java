package conduit.rules.condition;

import conduit.json.Nearest;
import conduit.rules.condition.Token.Kind;
import conduit.rules.fact.Request;
import conduit.rules.text.Quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one comma-free part of {@code Request( … )} into a {@link Condition}. It knows fields, texts, numbers and
 * operators, and nothing that would reach Java: no dot, no call, and no index but that of metadata.
 */
public final class ConditionParser {

    private static final int DEEPEST = 20;
    /** The engine looks for the operator in the whole comparison, and takes one in a name for it. */
    private static final Pattern UNREADABLE =
            Pattern.compile("[\"'\\\\=!<>&|~\\p{Cntrl}]");

    private final List<Token> tokens;
    private final String condition;
    private final Map<String, Operand> variables;
    private int at;
    private int depth;
    private Operand last;

    private ConditionParser(String condition, Map<String, Operand> variables) throws Fault {
        this.condition = condition;
        this.tokens = Token.of(condition);
        this.variables = variables;
    }

    /**
     * Reads a condition.
     *
     * @param variables what each variable stands for; those that the condition binds are added
     * @throws Fault telling what is wrong and the way out
     */
    public static Condition parse(String condition, Map<String, Operand> variables) throws Fault {
        ConditionParser parser = new ConditionParser(condition, variables);
        Condition parsed = parser.any();
        if (parser.now().kind() != Kind.END) {
            throw new Fault("\"" + condition + "\" can't be read from \"" + parser.now().text() + "\" on.",
                    "Write a comparison such as tokenCount > 5000, with && or || between two of them.");
        }
        return parsed;
    }

    private Condition any() throws Fault {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        while (take("||")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    private Condition all() throws Fault {
        List<Condition> parts = new ArrayList<>(List.of(one()));
        while (take("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private Condition one() throws Fault {
        boolean negated = take("!");
        if (!negated && !now().is("(")) {
            return comparison();
        }
        if (!take("(")) {
            throw new Fault("Behind ! stands no bracket.", "Write !( user == \"ann\" ), or user != \"ann\".");
        }
        if (++depth > DEEPEST) {
            throw new Fault("Brackets are nested more than " + DEEPEST + " deep.", "Write several rules.");
        }
        Condition inner = any();
        depth--;
        expect(")", "Look for a missing bracket.");
        return negated ? new Condition.Not(inner) : inner;
    }

    private Condition comparison() throws Fault {
        String bound = null;
        if (now().kind() == Kind.WORD && next().is(":")) {
            bound = now().text();
            at += 2;
            if (!bound.startsWith("$")) {
                throw new Fault("The variable \"" + bound + "\" does not begin with $.", "Write $" + bound + ".");
            }
        }
        boolean half = last != null && bound == null && (now().kind() == Kind.SIGN || isOperator(now().text()));
        Operand fact = half ? last : left();
        last = fact;
        if (bound != null) {
            variables.put(bound, fact);
            if (now().kind() == Kind.END) {
                return new Condition.All(List.of());
            }
        }
        boolean negated = take("not");
        Operator operator = operator(fact);
        return Kinds.check(new Test(fact, negated, operator, new ValueParser(this).parse(operator)));
    }

    private Operand left() throws Fault {
        if (now().kind() == Kind.TEXT || now().kind() == Kind.NUMBER) {
            throw new Fault("\"" + condition + "\" begins with a value.", "Write the field first: tokenCount > 5000, "
                    + "flags contains \"urgent\".");
        }
        return operand();
    }

    Operand operand() throws Fault {
        Token word = take();
        if (word.kind() != Kind.WORD) {
            throw incomplete();
        }
        Operand variable = variables.get(word.text());
        if (variable != null) {
            return variable;
        }
        if (!Request.FIELDS.contains(word.text())) {
            String near = Nearest.of(word.text(), Request.FIELDS);
            throw new Fault("Request has no field \"" + word.text() + "\".", near != null
                    ? "Did you mean " + near + "?" : "Its fields are " + String.join(", ", Request.FIELDS) + ".");
        }
        if (word.text().equals("metadata")) {
            return note();
        }
        if (now().is("[")) {
            throw new Fault("[ is allowed only in metadata[\"…\"].", "Write metadata[\"team\"].");
        }
        if (now().is("(")) {
            throw new Fault(word.text() + "( is a call, which is not allowed.", "Write " + word.text() + ".");
        }
        return new Operand.Field(word.text());
    }

    private Operand note() throws Fault {
        if (take("[") && now().kind() == Kind.TEXT) {
            Operand.Note note = new Operand.Note(take().unquoted());
            if (UNREADABLE.matcher(note.key()).find()) {
                throw new Fault("The name " + Quoted.quote(note.key()) + " holds a quote, a backslash, or a sign that "
                        + "compares.", "Use names of letters, digits, spaces, - _ . : / in metadata[\"…\"].");
            }
            if (take("]")) {
                return note;
            }
        }
        throw new Fault("metadata is read by name.", "Write metadata[\"team\"] == \"blue\".");
    }

    private Operator operator(Operand fact) throws Fault {
        String sign = take().text();
        if (sign.equals("str") && now().is("[")) {
            at++;
            sign = "str[" + take().text() + "]";
            expect("]", "Write str[startsWith] or str[endsWith].");
        }
        String word = sign;
        return Operator.of(sign).orElseThrow(() -> word.isEmpty() || word.equals(")") || word.equals("&&") || word.equals("||")
                ? incomplete() : new Fault("Behind " + fact.drl() + " stands \"" + word + "\", which compares nothing.",
                        "Compare with == != < > <= >= matches contains memberOf in."));
    }

    private static boolean isOperator(String word) {
        return word.equals("not") || word.equals("str") || Operator.of(word).isPresent();
    }

    Fault incomplete() {
        return new Fault("\"" + condition + "\" compares nothing.",
                "Write a comparison such as tokenCount > 5000 or user == \"ann\".");
    }

    Token now() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        return now().kind() == Kind.END ? now() : tokens.get(at++);
    }

    boolean take(String sign) {
        boolean is = now().is(sign);
        at += is ? 1 : 0;
        return is;
    }

    void expect(String sign, String fix) throws Fault {
        if (!take(sign)) {
            throw new Fault("In \"" + condition + "\" a " + sign + " is missing.", fix);
        }
    }
}
