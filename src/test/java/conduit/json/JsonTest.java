package conduit.json;

import conduit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static conduit.Some.problem;
import static org.assertj.core.api.Assertions.assertThat;

class JsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"a":2}        | line 1 | Duplicate field 'a'
            {"o":{"x":1,"x":1}}  | line 1 | Duplicate field 'x'
            {"a":1} {"b":2}      | line 1 | Trailing token
            {"a":1} x            | line 1 | Unrecognized token 'x'
            {"a":NaN}            | line 1 | NaN
            {"a":Infinity}       | line 1 | Infinity
            {"a":01}             | line 1 | Leading zeroes
            {"a":1,}             | line 1 | Unexpected character
            {'a':1}              | line 1 | Unexpected character
            {"a":1               | line 1 | Unexpected end-of-input
            {"a":"               | line 1 | Unexpected end-of-input
            {} // comment        | line 1 | maybe a (non-standard) comment
            """)
    void whatIsNotOneValueIsRefusedWithItsPlace(String text, String place, String reason) {
        Problem problem = problem(() -> Json.object(text));

        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.more()).containsEntry("field", "body");
        assertThat(problem.detail()).startsWith("The body is not JSON at " + place).contains(reason)
                .endsWith("Send one JSON object such as {\"prompt\":\"Hello\"}.");
    }

    @Test
    void theErrorsLineAndColumnArePrecise() {
        assertThat(problem(() -> Json.object("{\n  \"a\": 1,\n  \"b\" 2\n}")).detail()).contains("line 3, column 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            [1]     | a list
            "x"     | a text
            1       | a number
            true    | true or false
            null    | null
            ``      | nothing
            `  `    | nothing
            """)
    void anythingButAnObjectIsNamed(String text, String kind) {
        assertThat(problem(() -> Json.object(text)).detail()).contains("but it is " + kind + ".");
    }

    @Test
    void nestingIsReadDownToTheLimitAndNotBeyond() {
        assertThat(Json.object(nested(Json.MAX_DEPTH))).isNotEmpty();
        assertThat(problem(() -> Json.object(nested(Json.MAX_DEPTH + 1))).detail()).contains("nesting depth");
        assertThat(problem(() -> Json.object(nested(100_000))).detail()).contains("nesting depth");
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    @ParameterizedTest
    @CsvSource({"616263ff64, 3", "c0af, 0", "61eda080, 1", "61e282, 1", "f4908080, 0", "80, 0"})
    void textThatIsNotUtf8IsRefusedWithTheOffsetOfItsFirstBadByte(String hex, int offset) {
        assertThat(problem(() -> Json.utf8(HexFormat.of().parseHex(hex))).detail())
                .contains("the first bad byte is at offset " + offset + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "grün", "日本語", "👩‍🔬", "\uFEFFbom"})
    void utf8IsKeptCodePointByCodePoint(String text) {
        assertThat(Json.utf8(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void canonicalTextDoesNotDependOnTheOrderOfMaps() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", 1);
        one.put("a", Map.of("x", 1));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("a", Map.of("x", 1));
        other.put("b", 1);

        assertThat(Json.canonical(one)).isEqualTo(Json.canonical(other)).isEqualTo("{\"a\":{\"x\":1},\"b\":1}");
        assertThat(Json.canonical(List.of(1, 2))).isNotEqualTo(Json.canonical(List.of(2, 1)));
    }

    @Test
    void moneyAndTimeAreWrittenAsPeopleReadThem() {
        assertThat(Json.write(new BigDecimal("1E-7"))).isEqualTo("0.0000001");
        assertThat(Json.write(Instant.parse("2026-11-21T10:15:30Z"))).isEqualTo("\"2026-11-21T10:15:30Z\"");
        assertThat(Json.write(LocalDate.parse("2026-11-21"))).isEqualTo("\"2026-11-21\"");
    }

    @Test
    void numbersAreReadWithoutRounding() {
        assertThat(Json.object("{\"n\":0.1234567890123456789}").get("n").decimalValue())
                .isEqualByComparingTo("0.1234567890123456789");
    }
}
