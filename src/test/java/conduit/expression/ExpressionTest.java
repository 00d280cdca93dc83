package conduit.expression;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpressionTest {

    private static boolean fits(String expression, String text) {
        return Expression.compile(expression).fits(text, Deadline.none());
    }

    private static boolean isIn(String expression, String text) {
        return Expression.compile(expression).isIn(text, Deadline.none());
    }

    @Test
    void aMissingTextFitsNothing() {
        Expression all = Expression.compile("(?s).*");

        assertThat(all.fits((String) null, Deadline.none())).isFalse();
        assertThat(all.isIn((Subject) null, Deadline.none())).isFalse();
        assertThat(all.fits("", Deadline.none())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            (?is).*\\bcontract\\b.*, `The\nCONTRACT, signed`, true
            (?is).*\\bcontract\\b.*, `subcontractor`, false
            .*invoice-\\d+.*, `see invoice-17 now`, true
            .*invoice-\\d+.*, `see invoice-17\nnow`, false
            .*a\\s+b.*, `1a\nb2`, true
            .*a\\s+b.*, `1a\nb2\n`, false
            (?s:.*)(?:x|yy)(?s:.*), `ayyb`, true
            (?i)straße, STRAßE, true
            (?i)ключ, КЛЮЧ, true
            (?i)\u1c80, \u0412, true
            contract, contracts, false
            .*, `a\nb`, false
            """)
    void aWholeTextIsMatchedAsInJava(String expression, String text, boolean expected) {
        assertThat(fits(expression, text)).isEqualTo(expected);
        assertThat(Pattern.compile(expression, Pattern.UNICODE_CASE).matcher(text).matches()).isEqualTo(expected);
    }

    @Test
    void whereItDiffersFromJavaIsAsDocumented() {
        assertThat(isIn("b$", "ab\n")).isFalse();
        assertThat(isIn("(?m)^b$", "a\nb\nc")).isTrue();
        assertThat(isIn("(?m)^b$", "a\r\nb\r\nc")).isFalse();
        assertThat(isIn("\\bté", "été")).isTrue();
        assertThat(fits("(?i)é", "É")).isTrue();
        assertThat(fits("\\R", "\r\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i)k", "(?i)s", "(?i)i", "(?i)é", "(?i)[β-δ]", "(?i)\u1c80", "(?i)[^a-z]", "(?i)ᾀ", "(?i)ǆ",
        "\\h", "\\H", "\\v", "\\V", "\\s", ".", "\\p{Punct}", "(?i)\\p{Lower}", "\\P{Alnum}", "(?i)[\\x{10400}-\\x{10402}]"})
    void aSetHoldsTheSameCharactersAsInJava(String written) {
        Expression expression = Expression.compile(written);
        Pattern java = Pattern.compile(written, Pattern.UNICODE_CASE);
        for (int c = 0; c < 0x10500; c++) {
            String text = Character.toString(c);
            assertThat(expression.fits(text, Deadline.none())).as("%s on U+%04X", written, c)
                    .isEqualTo(java.matcher(text).matches());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?s).*(?:a+b?)+c.*", "(?:x+x+)+y", "[^z]*z", "(?i).*q.*"})
    void aDeadlineEndsAMatchingFromWithin(String written) {
        AtomicLong clock = new AtomicLong();
        Deadline deadline = Deadline.after(Duration.ofNanos(20), clock::getAndIncrement);
        String text = ("x".repeat(999) + "\nc").repeat(1_000) + "q";

        assertThatThrownBy(() -> {
            for (int i = 0; i < 1_000; i++) {
                Expression.compile(written).isIn(text, deadline);
            }
        }).isInstanceOf(OvertimeException.class).hasMessageContaining("took longer");
        assertThat(clock.get()).isEqualTo(22);
    }

    @Test
    void anExpressionServesAgainAfterAnOvertime() {
        Expression expression = Expression.compile("(?:ab|a)*c");
        AtomicLong clock = new AtomicLong();
        Deadline deadline = Deadline.after(Duration.ofNanos(5), clock::getAndIncrement);
        String text = "ab".repeat(50_000);

        assertThatThrownBy(() -> expression.fits(text + "bc", deadline)).isInstanceOf(OvertimeException.class);
        assertThat(expression.fits(text + "c", Deadline.none())).isTrue();
        assertThat(expression.fits(text, Deadline.none())).isFalse();
    }

    @Test
    @Timeout(60)
    void aLongTextNeedsNoStackAndNoLongTime() {
        String text = "ab".repeat(1_500_000);

        assertThat(fits("(?:a|b)*", text)).isTrue();
        assertThat(fits("(a|b|ab)*c", text + "d")).isFalse();
        assertThat(isIn("(?:(?:a+)+b)+c", text)).isFalse();
    }
}
