package conduit.expression;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ExpressionMessageTest {

    private static ExpressionException refused(String expression) {
        return catchThrowableOfType(() -> Expression.compile(expression), ExpressionException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ab(?=c)       ; 3 ; look ahead                ; second condition
            (?!a)b        ; 1 ; look ahead                ; not ( … matches … )
            (?<=a)b       ; 1 ; look behind               ; plain part
            (?<!a)b       ; 1 ; look behind               ; second condition
            (?>a)         ; 1 ; atomic group              ; (?:…)
            (?#a)b        ; 1 ; comment                   ; Remove
            (?(1)a|b)     ; 1 ; condition                 ; |
            a++           ; 2 ; possessive                ; without the last +
            a{2}+         ; 2 ; possessive                ; without the last +
            a**           ; 3 ; directly behind another   ; (?:a+)*
            *a            ; 1 ; nothing before it         ; \\*
            (a)\\1        ; 4 ; reference back            ; second condition
            (?<n>a)\\k<n> ; 8 ; reference back            ; second condition
            (?<1>a)       ; 1 ; name                      ; (?<name>…)
            (?x)a         ; 1 ; flag x                    ; in one line
            (?U)a         ; 1 ; flag U                    ; [\\p{L}\\p{N}_]
            (?a)          ; 1 ; kind that is not known    ; (?i)
            (?            ; 1 ; kind that is not known    ; \\(
            [a&&b]        ; 3 ; in common                 ; \\&
            [a[b]]        ; 3 ; list within a list        ; \\p{Alpha}
            [[:alpha:]]   ; 2 ; list within a list        ; \\p{Alpha}
            [\\Qa\\E]     ; 2 ; quoting within            ; backslash
            []            ; 1 ; without characters        ; [\\]]
            [ab           ; 1 ; never closed              ; \\[
            [z-a]         ; 2 ; range whose end           ; other way
            [a-\\d]       ; 2 ; range without             ; \\-
            (a            ; 1 ; never closed              ; \\(
            a)            ; 2 ; closes nothing            ; \\)
            a{,3}         ; 2 ; counts nothing            ; {3,5}
            {             ; 1 ; counts nothing            ; \\{
            a{1001}       ; 2 ; above 1000                ; at most 1000
            a{3,2}        ; 2 ; below its beginning       ; smaller number
            a\\Z          ; 2 ; before a last line end    ; \\z
            \\Ga          ; 1 ; match before              ; Remove
            \\X           ; 1 ; accents                   ; .\\p{M}*
            \\N{DIGIT ONE} ; 1 ; by its name              ; itself
            \\b{g}        ; 1 ; another kind              ; \\b
            \\E           ; 1 ; end of quoting            ; \\Q
            \\y           ; 1 ; without a meaning         ; \\\\
            \\x{110000}   ; 1 ; no code                   ; itself
            \\xg0         ; 1 ; no code                   ; itself
            \\uD800       ; 1 ; no code                   ; itself
            ab\\          ; 3 ; nothing behind it         ; \\\\
            \\p{InGreek}  ; 1 ; by block                  ; \\p{IsGreek}
            \\p{javaLowerCase} ; 1 ; by Java method       ; \\p{Lu}
            \\p{Foo}      ; 1 ; not known                 ; \\p{L}
            (?i)\\P{Lu}   ; 5 ; takes them for the same   ; (?-i:…)
            (((a{1000}){1000}){1000}) ; 12 ; 1000000 times ; 1000 times together
            (a{0,1000}){0,1000} ; 12 ; 1000000 times      ; * or +
            """)
    void anAuthorLearnsWhatIsWrongWhereAndWhatToWriteInstead(String written, int at, String problem, String fix) {
        ExpressionException refused = refused(written);

        assertThat(refused).as(written).isNotNull();
        assertThat(refused.position()).as(written).isEqualTo(at);
        assertThat(refused.problem()).startsWith("At character " + at + " \"").contains(problem).endsWith(".");
        assertThat(refused.fix()).contains(fix).endsWith(".");
        assertThat(refused).hasMessage(refused.problem() + " " + refused.fix());
    }

    @Test
    void whatWouldTakeMuchMemoryOrStackIsRefusedBeforeItIsBuilt() {
        assertThat(refused("(".repeat(400) + "a" + ")".repeat(400)).problem()).contains("within 50 others");
        assertThat(refused("a".repeat(1_001)).problem()).isEqualTo("The expression has 1001 characters.");
        assertThat(refused("\\pL".repeat(333)).problem()).contains("3996 parts");
        assertThat(refused("(?:a?b?c?d?){1000}").problem()).contains("parts, counting each as often");
        assertThat(refused(".".repeat(990)).problem()).contains("too many characters that stand for several");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{10}){100}", "(?:a?){1000}", "(((((((((a)))))))))*", "[\\w-.]+@[\\w.]+", "a}", "a]",
        "(?<name>a)(?P<other>b)", "(?u)ä", "\\p{IsLatin}\\p{script=Greek}\\p{L}\\p{Lower}\\pL\\p{IsL}\\p{sc=Cyrillic}",
        "(?d).$", "\\Qa(b", "", "a|", "(|a)", "(?i)[\\x{1C80}-\\x{1C88}]", "(?-i)a", "\\cA\\e\\a\\012\\x41\\u00e9"})
    void whatMeansTheSameIsTaken(String written) {
        assertThat(Expression.compile(written)).hasToString(written);
    }
}
