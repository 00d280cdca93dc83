package conduit.ledger;

import java.math.BigDecimal;

/** What a period has spent and what is set aside in it, US dollars. */
public record Spent(BigDecimal spent, BigDecimal reserved) {

    public static final Spent NOTHING = new Spent(BigDecimal.ZERO, BigDecimal.ZERO);

    public BigDecimal total() {
        return spent.add(reserved);
    }
}
