package conduit.ledger;

import java.math.BigDecimal;

/** The specification: what a project has spent and set aside in one calendar period, and whether more fits. */
record Purse(BigDecimal spent, BigDecimal reserved) {

    static final Purse EMPTY = new Purse(BigDecimal.ZERO, BigDecimal.ZERO);

    boolean fits(BigDecimal worst, BigDecimal limit) {
        return limit == null || spent.add(reserved).add(worst).compareTo(limit) <= 0;
    }

    Purse reserve(BigDecimal worst) {
        return new Purse(spent, reserved.add(worst));
    }

    Purse end(BigDecimal worst, BigDecimal cost) {
        return new Purse(spent.add(cost), reserved.subtract(worst));
    }
}
