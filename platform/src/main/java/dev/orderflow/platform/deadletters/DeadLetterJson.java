package dev.orderflow.platform.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.consumption.RecordPlace;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A letter as staff see it. */
@Schema(name = "DeadLetter")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterJson(
    String id,
    String source,
    @Nullable String orderId,
    String cause,
    String kindOfCause,
    boolean holdsUp,
    int attempts,
    Instant since,
    DeadLetter.State state,
    String payload,
    @Nullable RecordPlace record,
    @Nullable List<DeadLetter.Happening> history) {
  private static final int LONGEST_PAYLOAD = 4_096;

  /** In a list, which would be long otherwise. */
  private static final int LONGEST_LISTED_PAYLOAD = 1_024;

  static DeadLetterJson whole(DeadLetter letter, String service) {
    return of(letter, service, LONGEST_PAYLOAD, letter.history());
  }

  static DeadLetterJson listed(DeadLetter letter, String service) {
    return of(letter, service, LONGEST_LISTED_PAYLOAD, null);
  }

  private static DeadLetterJson of(
      DeadLetter letter,
      String service,
      int longestPayload,
      @Nullable List<DeadLetter.Happening> history) {
    var payload = letter.content().payload();
    return new DeadLetterJson(
        service + "-" + letter.id(),
        letter.source(),
        letter.orderId(),
        letter.cause(),
        letter.kindOfCause(),
        letter.queue() != null && letter.state().isOpen(),
        letter.attempts(),
        letter.since(),
        letter.state(),
        payload.substring(0, Math.min(payload.length(), longestPayload)),
        letter.content() instanceof KeptRecord record ? record.place() : null,
        history);
  }

  /**
   * A page.
   *
   * @param missing the services that did not answer for theirs; only the gateway names some
   */
  @Schema(name = "DeadLetterPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PageJson(
      List<DeadLetterJson> deadLetters,
      @Nullable String nextPageToken,
      @Nullable List<String> missing) {}

  /**
   * Which letters are sent on together.
   *
   * @param cause a part of their causes
   */
  @Schema(name = "RetryLetters")
  record RetryJson(@Nullable String source, @Nullable String cause) {}

  /**
   * How many are sent on.
   *
   * @param missing as in a page
   */
  @Schema(name = "RetriedLetters")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RetriedJson(int letters, @Nullable List<String> missing) {}
}
