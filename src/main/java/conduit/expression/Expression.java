package conduit.expression;
import com.google.re2j.Pattern;
public final class Expression {
    private final Pattern p;
    private Expression(Pattern p) { this.p = p; }
    public static Expression compile(String e) { try { return new Expression(Pattern.compile(e)); } catch (RuntimeException x) { throw new ExpressionException(x.getMessage()); } }
    public boolean fits(CharSequence t, Deadline d) { return t != null && p.matches(t.toString()); }
}
