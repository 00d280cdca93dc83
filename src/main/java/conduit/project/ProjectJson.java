package conduit.project;

import conduit.json.Json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a project as the API shows it: every field, limits also when they are null. */
public final class ProjectJson {

    private ProjectJson() {
    }

    public static Map<String, Object> write(Project project) {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("daily", project.costLimits().daily());
        limits.put("monthly", project.costLimits().monthly());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", project.id());
        map.put("enabled", project.enabled());
        map.put("defaultModel", project.defaultModel());
        map.put("routingRules", project.routingRules().stream().map(Json::node).toList());
        map.put("costLimits", limits);
        map.put("features", project.features());
        map.put("onLimit", project.onLimit().name().toLowerCase(Locale.ROOT));
        map.put("rollout", project.rollout());
        map.put("storePrompts", project.storePrompts());
        map.put("fallback", project.fallback());
        map.put("minQuality", project.minQuality());
        return map;
    }
}
