package conduit.cli;

import conduit.cli.Calls.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Wrong use is one line that names what is wrong and the way out, exit status 2; help is an answer. */
class WrongUseTest {

    @TempDir
    static Path folder;

    private static Ran run(String words) throws Exception {
        Calls.write(folder, "good.drl", Calls.rule("One", 1, "hour < 6", "category(\"night\")"));
        Calls.write(folder, "notes.txt", "none");
        return new Calls().run((Object[]) words.replace("FOLDER", folder.toString()).split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "fly | \"fly\" is not a command of Conduit. Try --help.",
            "ruels | \"ruels\" is not a command of Conduit. Did you mean rules? Try --help.",
            "--verison | \"--verison\" is not an option of Conduit. Did you mean --version?",
            "serve now | \"now\" is not expected by \"serve\".",
            "rules | \"rules\" needs one of these words: check, test, explain, backtest. Try rules --help.",
            "rules chek x.drl | \"chek\" is not a command of \"rules\". Did you mean check?",
            "rules check | \"rules check\" needs FILE. Try rules check --help.",
            "rules check --jsn FOLDER | \"--jsn\" is not an option of \"rules check\". Did you mean --json?",
            "rules check --stict=yes FOLDER | \"--stict\" is not an option of \"rules check\". Did you mean --strict?",
            "rules check FOLDER --models | --models needs FILE behind it.",
            "rules check FOLDER --models nowhere.json | --models is \"nowhere.json\"; it must be a catalogue",
            "rules check -Dconduit.models=x FOLDER | Settings stand before -jar: java -Dconduit.models=x -jar …",
            "rules check FOLDER/god.drl | god.drl. Did you mean",
            "rules check FOLDER/notes.txt | notes.txt is no rule file; their names end in .drl, .drl.csv",
            "rules check FOLDER/.. | holds no rule file",
            "rules test FOLDER | is a folder; name one rule file of it",
            "rules test FOLDER/good.drl a.csv b.csv | \"b.csv\" is not expected by \"rules test\".",
            "rules explain FOLDER | needs FILE and, behind it, a request: REQUEST.json, - or --prompt TEXT",
            "rules explain FOLDER FOLDER/good.drl | needs FILE and, behind it, a request",
            "rules explain FOLDER nowhere.json | The request nowhere.json is not there.",
            "rules explain FOLDER FOLDER/notes.txt | notes.txt: The body is not JSON at line 1",
            "rules explain FOLDER - | The request: The body must be one JSON object",
            "rules explain FOLDER --prompt x --at noon | --at is \"noon\"; it must be a moment such as 2026-11-21T09:30.",
            "rules explain FOLDER --prompt x --spent-today much | --spent-today is \"much\"; it must be a number of dollars",
            "rules explain FOLDER --prompt x --spent-this-month -1 | --spent-this-month is \"-1\"",
            "rules explain FOLDER --prompt x --spent-today 1e999999999 | --spent-today is \"1e999999999\"",
            "rules explain FOLDER --prompt x --spent-today 3 --spent-this-month 2 | less than --spent-today (3)",
            "rules backtest FOLDER --changes some | --changes is \"some\"; it must be a whole number from 0 to 100000.",
            "bandit | \"bandit\" needs one of these words: show, repeat, evaluate, replay. Try bandit --help.",
            "usage --group-by | --group-by needs KEYS behind it.",
            "bandit shw | Did you mean show?",
            "bandit show --url here | --url is \"here\"; it must be an address such as http://127.0.0.1:8080.",
            "bandit repeat | \"bandit repeat\" needs ID. Try bandit repeat --help.",
            "bandit evaluate --from 2026-11-01 | \"bandit evaluate\" needs --policy P. Try bandit evaluate --help.",
            "bandit replay | \"bandit replay\" needs FILE.csv. Try bandit replay --help.",
            "rules backtest FOLDER --url here | --url is \"here\"; it must be an address such as http://127.0.0.1:8080."})
    void isOneLineThatNamesTheWayOut(String words, String line) throws Exception {
        Ran ran = run(words);

        assertThat(ran.err()).startsWith("conduit: ").contains(line).hasLineCount(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void aSettingThatIsWrongIsNamedByItsKey() throws Exception {
        Ran ran = new Calls().set("conduit.models", "nowhere.json").run("rules", "check", folder);

        assertThat(ran.err()).contains("conduit.models is \"nowhere.json\"", "CONDUIT_MODELS").hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "rules", "rules check", "rules test", "rules explain", "rules backtest",
            "bandit", "bandit show", "bandit repeat", "bandit evaluate", "bandit replay", "usage", "export"})
    void helpStandsEverywhereOnStandardOutput(String words) throws Exception {
        Ran ran = run((words + " --help").strip());

        assertThat(ran.out()).startsWith("Usage: java ").contains("conduit.jar", words);
        assertThat(ran.out().matches("(?s).*Examples?:.*")).isEqualTo(!words.isEmpty());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
    }

    @Test
    void theVersionIsTold() throws Exception {
        assertThat(run("--version").out()).startsWith("conduit 1.2.3 (Java ");
    }

    @Test
    void whatNobodyForesawIsToldWithoutAStackTrace() throws Exception {
        Ran ran = new Calls().set("conduit.http.port", "1").database(() -> {
            throw new IllegalStateException("two\nlines");
        }).run("rules", "backtest", Calls.write(folder, "good.drl"));

        assertThat(ran.err().lines()).last().asString().contains("nobody foresaw", "two lines").doesNotContain("\tat ");
        assertThat(ran.exit()).isEqualTo(1);
    }
}
