package conduit.faults;

import conduit.ConduitRig;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** One request of the kill campaign, and what its sender saw of it. */
final class Job {

    /** Where a job goes in, and whether its body names an id. */
    enum Way { JSON_FILE, TEXT_FILE, HTTP, QUEUE, QUEUE_WITHOUT_ID }

    static final String[] PROJECTS = {"default", "blue", "tight"};
    private static final String[] MODELS = {"claude-haiku-5-5", "claude-sonnet-5-5", null};
    private static final String[] PAID = {"cut", "maxtok", "refusal", "empty"};
    private static final String[] FREE = {"429", "500", "529", "401", "refused"};
    private static final String[] UNCLEAR = {"crash", "half", "garbage", "grandchild", "hang"};

    final String key;
    final Way way;
    final String project;
    final String prompt;
    final String body;
    /** How often it was sent, and how often the inlet said that it has it. */
    volatile int sent;
    volatile int taken;
    /** What the caller was told last. */
    volatile HttpResponse<String> response;
    /** What an operator said of it while it was unknown: its cost in dollars, "void", or null. */
    volatile String resolved;

    private Job(String key, Way way, String project, String prompt, String body) {
        this.key = key;
        this.way = way;
        this.project = project;
        this.prompt = prompt;
        this.body = body;
    }

    /** The next job of a sender, a function of its chance alone. */
    static Job of(String key, Way way, Random chance) throws Exception {
        String project = PROJECTS[chance.nextInt(8) / 3];
        String prompt = "Tell me more. ".repeat(1 + chance.nextInt(20)) + "[[sim:key=" + key + "]]" + outcome(chance)
                + "[[sim:latency=" + (chance.nextInt(3) == 0 ? chance.nextInt(1_500) : chance.nextInt(200)) + "]]"
                + "[[sim:cache-1h=" + chance.nextInt(500) + "]]";
        Map<String, Object> body = new LinkedHashMap<>();
        if (way != Way.QUEUE_WITHOUT_ID) {
            body.put("id", key);
        }
        body.put("project", project);
        body.put("prompt", prompt);
        String model = MODELS[chance.nextInt(MODELS.length)];
        if (model != null) {
            body.put("model", model);
        }
        body.put("maxOutputTokens", 200 + chance.nextInt(800));
        return new Job(key, way, project, prompt, ConduitRig.JSON.writeValueAsString(body));
    }

    private static String outcome(Random chance) {
        int which = chance.nextInt(100);
        String[] names = which < 10 ? PAID : which < 20 ? FREE : UNCLEAR;
        return which < 30 ? "[[sim:" + names[chance.nextInt(names.length)] + "]]" : "";
    }

    /** Its file in the inbox; a text file's subfolder names the project. */
    String file() {
        String folder = project.equals("default") ? "" : project + "/";
        return folder + key + (way == Way.TEXT_FILE ? ".txt" : ".json");
    }

    boolean isFile() {
        return way == Way.JSON_FILE || way == Way.TEXT_FILE;
    }

    boolean isMessage() {
        return way == Way.QUEUE || way == Way.QUEUE_WITHOUT_ID;
    }

    /**
     * The problem type that an answer names, such as {@code outcome-unknown}; empty for an answer. In the first moments of
     * a start the port is there, but neither Conduit's routes nor its problems: a page says that there is nothing.
     */
    static String type(String answer) throws Exception {
        if (answer.startsWith("<")) {
            return "starting";
        }
        return ConduitRig.JSON.readTree(answer).path("type").asText().replace("urn:conduit:problem:", "");
    }

    @Override
    public String toString() {
        return key + " (" + way + ", " + project + ", " + prompt.substring(prompt.indexOf("[[")) + ")";
    }
}
