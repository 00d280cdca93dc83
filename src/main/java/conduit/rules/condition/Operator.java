package conduit.rules.condition;

import java.util.Optional;
import java.util.stream.Stream;

/** How a condition compares a fact with a value. */
public enum Operator {
    EQUAL("=="), UNEQUAL("!="), LESS("<"), MORE(">"), AT_MOST("<="), AT_LEAST(">="),
    MATCHES("matches"), CONTAINS("contains"), EXCLUDES("excludes"), MEMBER_OF("memberOf"), IN("in"),
    STARTS_WITH("str[startsWith]"), ENDS_WITH("str[endsWith]");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    static Optional<Operator> of(String sign) {
        return Stream.of(values()).filter(o -> o.sign.equals(sign)).findFirst();
    }

    /** As an author writes it. */
    public String sign() {
        return sign;
    }

    boolean orders() {
        return this == LESS || this == MORE || this == AT_MOST || this == AT_LEAST;
    }

    boolean compares() {
        return this == EQUAL || this == UNEQUAL || orders();
    }
}
