package conduit.api;

import conduit.backup.Backups;
import conduit.backup.Restored;
import conduit.json.Fields;
import conduit.json.Json;
import conduit.problem.Problem;
import conduit.problem.ProblemException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes, lists and restores backups.
 *
 * @param node the name of the Conduit whose backups they are
 */
public record BackupApi(Backups backups, String node) {

    private static final String PROJECT = "{\"project\":\"shop\"}, or nothing for all projects";
    private static final String DRY_RUN = "{\"dryRun\":true}, or nothing to restore it";

    /** {@code GET} and {@code POST /v1/backups}, {@code POST /v1/backups/{name}/restore}. */
    public Result handle(Call call) {
        if (call.is("GET", "backups")) {
            return Result.ok(list());
        }
        if (call.is("POST", "backups")) {
            Fields in = fields(call, "project", PROJECT);
            return new Result(201, backups.create(in.text("project")));
        }
        if (call.is("POST", "backups", "*", "restore")) {
            Fields in = fields(call, "dryRun", DRY_RUN);
            return Result.ok(told(backups.restore(call.segment(1), Boolean.TRUE.equals(in.flag("dryRun")))));
        }
        throw call.unknown("GET and POST /v1/backups, POST /v1/backups/{name}/restore");
    }

    private Map<String, Object> list() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("node", node);
        map.put("work", backups.state());
        try {
            map.put("backups", backups.list());
        } catch (ProblemException e) {
            throw e.problem().with("node", node).asException();
        }
        return map;
    }

    /** Without a body, nothing is asked for. What is not understood is refused: it may be a dry run that was meant. */
    private static Fields fields(Call call, String member, String such) {
        for (String name : call.query().keySet()) {
            throw Problem.field(name, "\"" + name + "\" stands behind the ?, where nothing is read. Send as the body " + such
                    + ".").asException();
        }
        Fields in = Fields.of(call.body().isBlank() ? Json.newObject() : Json.object(call.body(), "such as " + such));
        in.checkNames(List.of(member));
        in.node().fieldNames().forEachRemaining(name -> {
            if (!name.equals(member)) {
                throw Problem.field(name, name + " is not known here. Send as the body " + such + ".").asException();
            }
        });
        return in;
    }

    private static Map<String, Object> told(Restored restored) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", restored.name());
        map.put("dryRun", restored.dryRun());
        map.put("createdAt", restored.backup().createdAt());
        map.put("scope", restored.backup().scope());
        map.put("project", restored.backup().project());
        map.put("tables", restored.tables());
        map.put("notes", restored.notes());
        return map;
    }
}
