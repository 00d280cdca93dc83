package conduit.api;

import conduit.export.UsageExport;
import conduit.ledger.UsageReport.Question;
import conduit.ledger.UsageReport;
import conduit.project.ProjectStore;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was used and spent, and what is believed of the models. */
public record UsageApi(UsageReport report, ProjectStore projects, ModelsReport models,
                       UsageExport exports, Clock clock) {

    private static final int DEFAULT_DAYS = 30;

    public Result handle(Call call) {
        if (call.is("GET", "usage")) {
            call.checkQuery("project", "from", "to", "groupBy");
            LocalDate to = call.day("to", LocalDate.now(clock));
            Question question = new Question(call.query().get("project"),
                    call.day("from", to.minusDays(DEFAULT_DAYS)), to,
                    Question.groups(call.query().get("groupBy")));
            if (question.project() != null) {
                projects.require(question.project());
            }
            return Result.ok(report.answer(question));
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
}
