package conduit.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conduit.json.Json;
import conduit.problem.Kind;
import conduit.problem.Problem;
import conduit.project.Project.CostLimits;
import conduit.project.Project.Features;
import conduit.project.Project.OnLimit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The projects in the database. Read anew for each request, so that a changed limit holds from the next one. */
public final class ProjectStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public ProjectStore(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    public Optional<Project> find(String id) {
        List<ProjectRule> rules = rules("where project_id = ?", id).getOrDefault(id, List.of());
        return jdbc.sql("select * from projects where id = ?").param(id).query((row, i) -> project(row, rules))
                .optional();
    }

    /**
     * The project with this id.
     *
     * @throws conduit.problem.ProblemException if there is none
     */
    public Project require(String id) {
        return find(id).orElseThrow(() -> Problem.of(Kind.NOT_FOUND, "There is no project \"" + id + "\". Projects: "
                + String.join(", ", ids()) + ". Make one with PUT /v1/projects/" + id + ".")
                .with("field", "project").asException());
    }

    private List<String> ids() {
        return jdbc.sql("select id from projects order by id limit 20").query(String.class).list();
    }

    public List<Project> all() {
        Map<String, List<ProjectRule>> rules = rules("");
        return jdbc.sql("select * from projects order by id")
                .query((row, i) -> project(row, rules.getOrDefault(row.getString("id"), List.of()))).list();
    }

    private static Project project(ResultSet row, List<ProjectRule> rules) throws SQLException {
        Object quality = row.getObject("min_quality");
        return new Project(row.getString("id"), row.getBoolean("enabled"), row.getString("default_model"),
                rules,
                new CostLimits(row.getBigDecimal("daily_limit"), row.getBigDecimal("monthly_limit")),
                new Features(row.getBoolean("auto_routing"), row.getBoolean("cost_tracking"),
                        row.getBoolean("usage_analytics")),
                OnLimit.valueOf(row.getString("on_limit").toUpperCase(Locale.ROOT)), row.getInt("rollout"),
                row.getBoolean("store_prompts"), fallback(row.getString("fallback")), quality == null ? null : ((Number) quality).doubleValue());
    }

    private static List<String> fallback(String json) {
        if (json == null) {
            return null;
        }
        List<String> models = new ArrayList<>();
        Json.tree(json).forEach(model -> models.add(model.asText()));
        return models;
    }

    /** Rules by project. Read on their own: a query within a query takes two connections, and a crowd has none left. */
    private Map<String, List<ProjectRule>> rules(String where, Object... params) {
        Map<String, List<ProjectRule>> rules = new HashMap<>();
        jdbc.sql("select * from routing_rules " + where + " order by place").params(params).query(row -> {
            rules.computeIfAbsent(row.getString("project_id"), id -> new ArrayList<>())
                    .add(new ProjectRule(row.getString("id"), row.getString("name"), row.getBoolean("enabled"),
                            row.getInt("priority"), (ObjectNode) Json.tree(row.getString("conditions")),
                            row.getString("target_model")));
        });
        return rules;
    }

    /** Writes the whole project, new or not. */
    public void put(Project project) {
        transaction.executeWithoutResult(status -> {
            String sets = "enabled = :enabled, default_model = :model, daily_limit = :daily, monthly_limit = :monthly, "
                    + "auto_routing = :auto, cost_tracking = :cost, usage_analytics = :analytics, "
                    + "on_limit = :on_limit, rollout = :rollout, store_prompts = :prompts, min_quality = :quality, "
                    + "updated_at = :at, fallback = :fallback";
            if (write("update projects set " + sets + " where id = :id", project) == 0) {
                write("insert into projects values (:id, :enabled, :model, :daily, :monthly, :auto, :cost, "
                        + ":analytics, :on_limit, :rollout, :prompts, :quality, :at, :fallback)", project);
            }
            jdbc.sql("delete from routing_rules where project_id = ?").param(project.id()).update();
            int place = 0;
            for (ProjectRule rule : project.routingRules()) {
                jdbc.sql("insert into routing_rules values (?, ?, ?, ?, ?, ?, ?, ?)")
                        .params(project.id(), rule.id(), place++, rule.name(), rule.enabled(), rule.priority(),
                                rule.conditions().toString(), rule.targetModel()).update();
            }
        });
    }

    private int write(String sql, Project project) {
        return jdbc.sql(sql).param("id", project.id()).param("enabled", project.enabled())
                .param("model", project.defaultModel()).param("daily", project.costLimits().daily())
                .param("monthly", project.costLimits().monthly()).param("auto", project.features().autoRouting())
                .param("cost", project.features().costTracking())
                .param("analytics", project.features().usageAnalytics())
                .param("on_limit", project.onLimit().name().toLowerCase(Locale.ROOT))
                .param("rollout", project.rollout()).param("prompts", project.storePrompts())
                .param("quality", project.minQuality())
                .param("fallback", project.fallback() == null ? null : Json.write(project.fallback())).param("at", clock.instant().atOffset(ZoneOffset.UTC)).update();
    }
}
