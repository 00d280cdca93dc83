package conduit.ledger;

import conduit.model.Tokens;
import conduit.request.LlmRequest;
import conduit.routing.Source;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A request as it stands on disk, with its latest run.
 *
 * @param request    what was asked; prompt and system are empty where they were not kept
 * @param at         when it was decided
 * @param hasTexts   whether prompt and system were kept
 * @param hasLabels  whether flags, pinned model and constraints were kept; those of old versions were not
 * @param inputBytes system and prompt together, UTF-8
 * @param ran        the decision and what it cost, or null if the request was refused before there was one
 */
public record Recorded(LlmRequest request, Instant at, RequestState state, boolean hasTexts, boolean hasLabels,
                       long inputBytes, Ran ran) {

    /**
     * A decision and what came of it.
     *
     * @param model        the model that was decided on, after any limit had its say
     * @param degradedFrom the model that was left for a cheaper one to fit into a limit, or null
     * @param tokenCount   the estimate of input tokens, on which rules decided
     * @param tokens       what was billed for the model
     * @param modelUsd     what these tokens cost, US dollars
     * @param besidesUsd   what the CLI spent on other models meanwhile, US dollars
     */
    public record Ran(String model, Source source, String degradedFrom, int tokenCount, Tokens tokens,
                      BigDecimal modelUsd, BigDecimal besidesUsd) {
    }

    /** What was billed, US dollars. */
    public BigDecimal costUsd() {
        return ran == null ? BigDecimal.ZERO : ran.modelUsd().add(ran.besidesUsd());
    }

    /** The same with prompt and system; null where they were taken away since. */
    Recorded with(String[] texts) {
        LlmRequest asked = texts == null ? request : new LlmRequest(request.id(), request.project(), texts[0],
                texts[1], request.agent(), request.session(), request.user(), request.category(), request.flags(),
                request.model(), request.maxOutputTokens(), request.constraints(), request.metadata(),
                request.inlet());
        return new Recorded(asked, at, state, texts != null, hasLabels, inputBytes, ran);
    }
}
