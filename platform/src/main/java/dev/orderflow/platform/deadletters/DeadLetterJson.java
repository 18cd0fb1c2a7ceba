package dev.orderflow.platform.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.RecordPlace;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A letter as staff see it. */
@Schema(name = "DeadLetter")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterJson(
    @Meaning("Names the dead letter, among those of all services.") String id,
    @Meaning("Who cannot proceed: a worker of the saga's, or a view.") String source,
    @MeaningOf(OrderId.class) @Nullable String orderId,
    @Meaning(
            value = "Why it cannot proceed; selects the letters that have it in theirs.",
            max = 1_000)
        String cause,
    @Meaning("The cause without the name of what failed: that of many letters.") String kindOfCause,
    @Meaning("Whether what comes after it waits for it.") boolean holdsUp,
    @Meaning("How often it was tried; 0 when it only follows another.") int attempts,
    @Meaning("When it was kept.") Instant since,
    @Meaning(
            "WAITING for staff or for the letter before it, RETRYING, FAILED when it was sent on and"
                + " waits again, DONE or DISCARDED. Selects all that are neither done nor discarded"
                + " when it is missing.")
        DeadLetter.State state,
    @Meaning(
            value =
                "The event or the command, up to its first 4096 characters; 1024 in a list. How a"
                    + " customer pays is hidden.",
            max = DeadLetterJson.LONGEST_PAYLOAD)
        String payload,
    @Meaning("Where the record is on Kafka; only when it is one.") @Nullable RecordPlace record,
    @Meaning("What has happened to it, the latest last.")
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

  /** A page; only the gateway names services as missing. */
  @Schema(name = "DeadLetterPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PageJson(
      @Meaning("The dead letters of this page.") List<DeadLetterJson> deadLetters,
      @Nullable String nextPageToken,
      @Meaning("The services that did not answer; none when all did.")
          @Nullable List<String> missing) {}

  /** Which letters are sent on together: those with this in their causes. */
  @Schema(name = "RetryLetters")
  @MeaningOf(DeadLetterJson.class)
  record RetryJson(@Nullable String source, @Nullable String cause) {}

  /** How many are sent on. */
  @Schema(name = "RetriedLetters")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RetriedJson(
      @Meaning("How many are sent on first.") int letters,
      @MeaningOf(PageJson.class) @Nullable List<String> missing) {}
}
