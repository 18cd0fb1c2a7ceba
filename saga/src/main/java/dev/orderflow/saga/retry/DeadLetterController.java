package dev.orderflow.saga.retry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.consumption.RecordPlace;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.saga.quarantine.DeadLetter;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.quarantine.KeptRecord;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskQueues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What cannot proceed, for staff. */
@RestController
@RequestMapping("/admin/dead-letters")
class DeadLetterController {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterController.class);
  private static final int MOST = 200;
  private static final int LONGEST_PAYLOAD = 4_096;

  private final DeadLetters letters;
  private final TaskQueues queues;
  private final TransactionTemplate transaction;

  DeadLetterController(DeadLetters letters, TaskQueues queues, TransactionTemplate transaction) {
    this.letters = letters;
    this.queues = queues;
    this.transaction = transaction;
  }

  @Schema(name = "DeadLetterList")
  record ListJson(List<LetterJson> deadLetters) {}

  @Schema(name = "DeadLetter")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LetterJson(
      long id,
      String source,
      @Nullable String orderId,
      String cause,
      int attempts,
      Instant since,
      String payload,
      @Nullable RecordPlace record) {
    static LetterJson of(DeadLetter letter) {
      var payload = letter.content().payload();
      return new LetterJson(
          letter.id(),
          letter.source().id(),
          letter.orderId() == null ? null : letter.orderId().value(),
          letter.cause(),
          letter.attempts(),
          letter.since(),
          payload.substring(0, Math.min(payload.length(), LONGEST_PAYLOAD)),
          letter.content() instanceof KeptRecord record ? record.place() : null);
    }
  }

  @GetMapping
  @Operation(
      operationId = "listDeadLetters",
      summary =
          "What cannot proceed: what concerns an order first, then the oldest; at most 200 at a"
              + " time.")
  @Answers(status = 200, when = "The letters.")
  ListJson list() {
    return new ListJson(letters.oldest(MOST).stream().map(LetterJson::of).toList());
  }

  @PostMapping("/{letterId}/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "retryDeadLetter",
      summary = "Sends a letter on, and all of the same source and order in their order.")
  @Answers(status = 202, when = "It will be tried at once.")
  @Fails(ErrorCode.NOT_FOUND)
  void retry(@PathVariable long letterId) {
    retry(LetterQueue.of(find(letterId)));
  }

  @DeleteMapping("/{letterId}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "discardDeadLetter",
      summary = "Takes a letter out for good, and sends on what waits behind it.")
  @Answers(status = 202, when = "It is out, and the others will be tried at once.")
  @Fails(ErrorCode.NOT_FOUND)
  void discard(@PathVariable long letterId) {
    var letter = find(letterId);
    transaction.executeWithoutResult(_ -> {
      if (letters.remove(letter)) {
        LOG.warn("Staff have discarded letter {} of {}", letterId, letter.source().id());
        retry(LetterQueue.of(letter));
      }
    });
  }

  private DeadLetter find(long letterId) {
    return letters
        .find(letterId)
        .orElseThrow(() ->
            new NotFoundException(ErrorCode.NOT_FOUND, "There is no dead letter " + letterId));
  }

  private void retry(LetterQueue queue) {
    queues
        .of(queue.source())
        .add(
            List.of(
                new Attempt<>(
                    LetterQueue.retryBy(queue.source()), queue, new CompletableFuture<>())),
            Duration.ZERO);
  }
}
