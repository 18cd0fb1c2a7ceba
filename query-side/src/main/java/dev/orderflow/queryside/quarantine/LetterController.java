package dev.orderflow.queryside.quarantine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.consumption.RecordPlace;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the views could not take in, for staff. */
@RestController
@RequestMapping("/admin/projections/{projection}/dead-letters")
class LetterController {
  private static final int MOST = 200;
  private static final int LONGEST_PAYLOAD = 4_096;

  private final Letters letters;
  private final LetterRetry retry;
  private final LetterWorker worker;
  private final Intake intake;

  LetterController(Letters letters, LetterRetry retry, LetterWorker worker, Intake intake) {
    this.letters = letters;
    this.retry = retry;
    this.worker = worker;
    this.intake = intake;
  }

  @Schema(name = "RecordLetterList")
  record ListJson(List<LetterJson> deadLetters) {}

  @Schema(name = "RecordLetter")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LetterJson(
      long id,
      String source,
      String cause,
      int attempts,
      Instant since,
      String payload,
      RecordPlace record) {
    static LetterJson of(Letter letter) {
      var record = letter.record();
      var payload =
          record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
      return new LetterJson(
          letter.id(),
          letter.projection(),
          letter.cause(),
          letter.attempts(),
          letter.since(),
          payload.substring(0, Math.min(payload.length(), LONGEST_PAYLOAD)),
          new RecordPlace(
              record.topic(),
              letter.queue().topicId().toString(),
              record.partition(),
              record.offset(),
              letter.queue().key().isEmpty() ? null : letter.queue().key()));
    }
  }

  @GetMapping
  @Operation(
      operationId = "listRecordLetters",
      summary =
          "The records that a projection could not take in: those first that others wait behind,"
              + " then the oldest; at most 200.")
  @Answers(status = 200, when = "The letters.")
  @Fails(ErrorCode.NOT_FOUND)
  ListJson list(@PathVariable String projection) {
    if (!intake.projections().contains(projection)) {
      throw new NotFoundException(
          ErrorCode.NOT_FOUND,
          "There is no projection of this name; GET /admin/projections lists them");
    }
    return new ListJson(letters.oldest(projection, MOST).stream().map(LetterJson::of).toList());
  }

  @PostMapping("/{letterId}/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "retryRecordLetter",
      summary = "Sends a letter on, and all of the same key in their order.")
  @Answers(status = 202, when = "It will be tried at once.")
  @Fails(ErrorCode.NOT_FOUND)
  void retry(@PathVariable String projection, @PathVariable long letterId) {
    var letter = letter(projection, letterId);
    worker.submit(() -> retry.retry(letter));
  }

  @DeleteMapping("/{letterId}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "discardRecordLetter",
      summary = "Has a record be passed over for ever, and sends on what waits behind it.")
  @Answers(status = 202, when = "It will be discarded at once.")
  @Fails(ErrorCode.NOT_FOUND)
  void discard(@PathVariable String projection, @PathVariable long letterId) {
    var letter = letter(projection, letterId);
    worker.submit(() -> retry.discard(letter));
  }

  private Letter letter(String projection, long letterId) {
    return letters
        .find(projection, letterId)
        .orElseThrow(() ->
            new NotFoundException(ErrorCode.NOT_FOUND, "There is no dead letter " + letterId));
  }
}
