package conduit.replay;

import java.util.Map;
import java.util.Optional;

/** List prices of three years, US dollars per million tokens, by a model's family. */
public enum PriceList {
    P24(Map.of("haiku", new Rates(0.25, 1.25), "sonnet", new Rates(3, 15), "opus", new Rates(15, 75))),
    P25(Map.of("haiku", new Rates(1, 5), "sonnet", new Rates(3, 15), "opus", new Rates(5, 25))),
    P26(Map.of("haiku", new Rates(0.1, 0.5), "sonnet", new Rates(2, 10), "opus", new Rates(4, 20)));

    private final Map<String, Rates> rates;

    PriceList(Map<String, Rates> rates) {
        this.rates = rates;
    }

    /** The prices of a model whose name begins with its family's. */
    Optional<Rates> of(String model) {
        return rates.entrySet().stream().filter(e -> model.startsWith(e.getKey())).map(Map.Entry::getValue).findFirst();
    }
}
