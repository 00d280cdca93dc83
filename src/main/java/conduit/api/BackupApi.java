package conduit.api;

import conduit.backup.Backups;
import conduit.backup.Restored;
import conduit.json.Fields;
import conduit.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes, lists and restores backups. */
public record BackupApi(Backups backups) {

    /** {@code GET} and {@code POST /v1/backups}, {@code POST /v1/backups/{name}/restore}. */
    public Result handle(Call call) {
        if (call.is("GET", "backups")) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("work", backups.state());
            map.put("backups", backups.list());
            return Result.ok(map);
        }
        if (call.is("POST", "backups")) {
            Fields in = fields(call, "project");
            return new Result(201, backups.create(in.text("project")));
        }
        if (call.is("POST", "backups", "*", "restore")) {
            Fields in = fields(call, "dryRun");
            return Result.ok(told(backups.restore(call.segment(1), Boolean.TRUE.equals(in.flag("dryRun")))));
        }
        throw call.unknown("GET and POST /v1/backups, POST /v1/backups/{name}/restore");
    }

    /** Without a body, nothing is asked for. */
    private static Fields fields(Call call, String member) {
        Fields in = Fields.of(call.body().isBlank() ? Json.newObject() : Json.object(call.body()));
        in.checkNames(List.of(member));
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
        return map;
    }
}
