package conduit.api;

import conduit.export.UsageExport;
import conduit.ledger.UsageReport.Question;
import conduit.ledger.UsageReport;
import conduit.project.ProjectStore;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was used and spent, and what is believed of the models. */
public record UsageApi(UsageReport report, ProjectStore projects, ModelsReport models,
                       UsageExport exports, Clock clock) {

    private static final int DEFAULT_DAYS = 30;

    public Result handle(Call call) {
        if (call.is("GET", "usage")) {
            call.checkQuery("project", "from", "to", "groupBy");
            return Result.ok(usage(call.query()));
        }
        if (call.is("GET", "models")) {
            return Result.ok(models.all());
        }
        if (call.is("GET", "exports")) {
            return Result.ok(Map.of("exports", exports.written()));
        }
        if (call.is("POST", "exports")) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("daily", exports.export("daily"));
            written.put("hourly", exports.export("hourly"));
            return Result.ok(written);
        }
        throw call.unknown("GET /v1/usage, GET /v1/models, GET and POST /v1/exports");
    }

    private Map<String, Object> usage(Map<String, String> query) {
        List<String> notes = new ArrayList<>();
        LocalDate to = day("to", query.get("to"), LocalDate.now(clock), notes);
        Question question = new Question(query.get("project"),
                day("from", query.get("from"), to.minusDays(DEFAULT_DAYS), notes), to,
                Question.groups(query.get("groupBy")));
        if (question.project() != null) {
            projects.require(question.project());
        }
        Map<String, Object> answer = report.answer(question);
        if (!notes.isEmpty()) {
            answer.put("notes", notes);
        }
        return answer;
    }

    /** @param notes gets that a moment counts as its day */
    private LocalDate day(String field, String text, LocalDate otherwise, List<String> notes) {
        if (text == null) {
            return otherwise;
        }
        LocalDate day = Moments.read(field, text, false, clock.getZone()).atZone(clock.getZone()).toLocalDate();
        if (text.indexOf('T') >= 0) {
            notes.add(field + " is the moment " + text + ", and usage is summed by whole days: all of " + day
                    + " counts, by the calendar of " + clock.getZone() + ".");
        }
        return day;
    }
}
