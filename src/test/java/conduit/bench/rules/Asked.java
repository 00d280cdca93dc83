package conduit.bench.rules;

import conduit.request.LlmRequest;
import conduit.rules.fact.Circumstances;
import conduit.rules.fact.Request;

import java.util.List;
import java.util.Map;

/** One request of the benchmark, as Conduit has it when it asks the rules. */
record Asked(LlmRequest request, Circumstances circumstances) {

    /** Made anew for each decision, as Conduit does. */
    Request fact() {
        return new Request(request, circumstances);
    }

    String agentType() {
        return request.agent().type();
    }

    int tokenCount() {
        return circumstances.tokenCount();
    }

    String prompt() {
        return request.prompt();
    }

    List<String> flags() {
        return request.flags();
    }

    /** What the engines on Node read: the four fields that the rules look at. */
    Map<String, Object> fields() {
        return Map.of("agentType", agentType(), "tokenCount", tokenCount(), "prompt", prompt(), "flags", flags());
    }
}
