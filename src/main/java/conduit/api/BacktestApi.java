package conduit.api;

import conduit.backtest.Backtest;
import conduit.backtest.Progress;
import conduit.backtest.Question;
import conduit.backtest.Report;
import conduit.json.Fields;
import conduit.json.Json;
import conduit.ledger.Records.Range;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.ProjectStore;
import conduit.rules.RuleBook;
import conduit.rules.cases.CaseTable;
import conduit.rules.form.Forms;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What candidate rules would have done with the recorded requests; one backtest at a time.
 *
 * @param clock in Conduit's zone
 */
public record BacktestApi(RuleBook rules, ProjectStore projects, Backtest backtest, Clock clock, Progress progress) {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int DEFAULT_DAYS = 7;
    private static final int DEFAULT_CHANGES = 1_000;
    private static final int MOST_CHANGES = 100_000;
    private static final List<String> MEMBERS = List.of("files", "from", "to", "project", "changes");

    /** {@code POST /v1/rules/backtest} runs one; {@code GET} tells how far it is. */
    public Result handle(Call call) {
        if (call.is("GET", "rules", "backtest")) {
            return Result.ok(progress.state());
        }
        if (call.is("POST", "rules", "backtest")) {
            return Result.ok(run(Fields.of(Json.object(call.body()))));
        }
        throw call.unknown("POST and GET /v1/rules/backtest");
    }

    private Report run(Fields in) {
        in.checkNames(MEMBERS);
        Map<String, String> files = files(in);
        Question question = question(in);
        if (!progress.begin()) {
            Progress.State state = progress.state();
            throw Problem.of(Kind.SATURATED, "Another backtest runs and is at request " + state.done() + " of "
                    + state.total() + "; one runs at a time. Try again when GET /v1/rules/backtest says that it is done.")
                    .retryAfter(RETRY).asException();
        }
        try {
            RuleBook.Candidate candidate = rules.candidate(files);
            if (!candidate.problems().isEmpty()) {
                throw RuleApi.bad(candidate.problems());
            }
            return backtest.run(question, candidate.rules().version(),
                    project -> rules.forProject(project, candidate.rules()), progress);
        } finally {
            progress.end();
        }
    }

    private Map<String, String> files(Fields in) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Fields file : in.objects("files")) {
            file.checkNames(List.of("file", "content"));
            String name = file.text("file");
            if (name == null) {
                throw file.wrong("file", "the name of a rule file");
            }
            if (!file.node().has("content")) {
                throw file.wrong("content", "the text of the file, or null to leave the file out");
            }
            if (files.containsKey(name)) {
                throw Problem.field(file.name("file"), file.name("file") + " is \"" + name + "\" for the second time; "
                        + "name each file once.").asException();
            }
            if (!file.has("content") && rules.text(name).isEmpty()) {
                throw Problem.field(file.name("file"), file.name("file") + " is \"" + name + "\", which is to be left "
                        + "out, and there is no such file.").asException();
            }
            files.put(name, file.has("content") ? RuleContent.of(name, file) : null);
        }
        withoutCases(files);
        return files;
    }

    /** The cases of a file say what its rules did so far; a backtest is asked what others would do. */
    private static void withoutCases(Map<String, String> files) {
        for (String file : List.copyOf(files.keySet())) {
            Forms.stem(file).ifPresent(stem -> files.putIfAbsent(stem + CaseTable.END, null));
        }
    }

    private Question question(Fields in) {
        String project = in.text("project");
        if (project != null) {
            projects.require(project);
        }
        Instant to = moment(in, "to", true, clock.instant().plusMillis(1));
        Instant from = moment(in, "from", false, to.atZone(clock.getZone()).minusDays(DEFAULT_DAYS).toInstant());
        if (from.isAfter(to)) {
            throw Problem.field("from", "from (" + from + ") is after to (" + to + ").").asException();
        }
        Integer changes = in.integer("changes", 0, MOST_CHANGES);
        return new Question(new Range(from, to, project), changes == null ? DEFAULT_CHANGES : changes);
    }

    /** A moment, or a day: then its beginning, or its end. */
    private Instant moment(Fields in, String field, boolean end, Instant otherwise) {
        String text = in.text(field);
        if (text == null) {
            return otherwise;
        }
        return Moments.read(field, text, end, clock.getZone());
    }
}
