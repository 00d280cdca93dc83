package conduit.rules.condition;

import conduit.rules.text.Quoted;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** What a fact is compared with. */
public sealed interface Value permits Operand, Value.Text, Value.Number, Value.Nothing, Value.Texts, Value.Numbers {

    /** A text in quotes, without them and with its escapes resolved. */
    record Text(String text) implements Value {
    }

    /** A number. */
    record Number(BigDecimal number) implements Value {
    }

    /** {@code null}: what the sender left out. */
    record Nothing() implements Value {
    }

    /** A list of texts behind {@code in}. */
    record Texts(List<String> texts) implements Value {
    }

    /** A list of numbers behind {@code in}. */
    record Numbers(List<BigDecimal> numbers) implements Value {
    }

    /** As it stands in DRL. */
    default String drl() {
        if (this instanceof Text text) {
            return Quoted.quote(text.text());
        }
        if (this instanceof Number number) {
            return number.number().toPlainString();
        }
        if (this instanceof Texts texts) {
            return texts.texts().stream().map(Quoted::quote).collect(Collectors.joining(", ", "( ", " )"));
        }
        if (this instanceof Numbers numbers) {
            return numbers.numbers().stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", ", "( ", " )"));
        }
        return "null";
    }
}
