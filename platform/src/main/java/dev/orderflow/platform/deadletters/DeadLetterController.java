package dev.orderflow.platform.deadletters;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.deadletters.DeadLetterJson.PageJson;
import dev.orderflow.platform.deadletters.DeadLetterJson.RetriedJson;
import dev.orderflow.platform.deadletters.DeadLetterJson.RetryJson;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What cannot proceed in this service, for staff. The id of a letter begins with the service's
 * name, so that the gateway knows whom to ask.
 */
@RestController
@RequestMapping("/admin/dead-letters")
class DeadLetterController {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterController.class);
  private static final String LETTER = "Names the dead letter.";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern TEXT = Pattern.compile("[^\\x00]{1,500}");

  private final DeadLetterQueries letters;
  private final DeadLetterRedrive redrive;
  private final LetterWorker worker;
  private final String service;

  DeadLetterController(
      DeadLetterQueries letters,
      DeadLetterRedrive redrive,
      LetterWorker worker,
      @Value("${spring.application.name}") String service) {
    this.letters = letters;
    this.redrive = redrive;
    this.worker = worker;
    this.service = service;
  }

  @GetMapping
  @Operation(
      operationId = "listDeadLetters",
      summary =
          "What cannot proceed: what others wait behind first, then the oldest, page by page. What is"
              + " done or discarded is listed when it is asked for by its state.")
  @Answers(status = 200, when = "A page.")
  PageJson list(
      @MeaningOf(DeadLetterJson.class) @RequestParam(required = false) @Nullable String source,
      @MeaningOf(DeadLetterJson.class) @RequestParam(required = false) @Nullable String cause,
      @MeaningOf(OrderId.class) @RequestParam(required = false) @Nullable String orderId,
      @MeaningOf(DeadLetterJson.class) @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var check = new RequestCheck();
    var from = check.optional("source", source, text -> text("source", text));
    var why = check.optional("cause", cause, text -> text("cause", text));
    var order = check.optional("orderId", orderId, OrderId::new);
    var stands = check.optional("state", state, DeadLetterController::stateOf);
    var selection =
        check.orThrow(
            () -> new Selection(null, from, why, order == null ? null : order.value(), stands));
    var request = new PageRequest(pageSize, pageToken, selection.toString());
    var after = PageToken.read(request, DeadLetterController::placeOf);
    var page =
        Page.of(
            letters.list(selection, after, request.size() + 1),
            request,
            place -> place.free() + ":" + place.id());
    var shown =
        page.items().stream()
            .flatMap(place -> letters.find(place.id()).stream())
            .map(letter -> DeadLetterJson.listed(letter, service))
            .toList();
    return new PageJson(shown, page.nextToken(), null);
  }

  @GetMapping("/{letterId}")
  @Operation(
      operationId = "getDeadLetter",
      summary = "A letter with what has happened to it; also when it is done or discarded.")
  @Answers(status = 200, when = "The letter.")
  @Fails(ErrorCode.NOT_FOUND)
  DeadLetterJson get(@Meaning(LETTER) @PathVariable String letterId) {
    return DeadLetterJson.whole(find(letterId), service);
  }

  @PostMapping("/{letterId}/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "retryDeadLetter",
      summary = "Sends a letter on, and all that it waits with, in their order.")
  @Answers(status = 202, when = "It is sent on in the background; its history tells how it went.")
  @Fails(ErrorCode.NOT_FOUND)
  void retry(@Meaning(LETTER) @PathVariable String letterId) {
    redrive.retry(Selection.of(open(letterId).id()), user());
    worker.wake();
  }

  @PostMapping("/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "retryDeadLetters",
      summary =
          "Sends all letters on whose cause contains a text, and all that they wait with; at most"
              + " 10,000 at a time.")
  @Answers(status = 202, when = "They are sent on in the background; those counted go first.")
  RetriedJson retryAll(@RequestBody RetryJson asked) {
    var check = new RequestCheck();
    var from = check.optional("source", asked.source(), text -> text("source", text));
    var why = check.required("cause", asked.cause(), text -> text("cause", text));
    var selection = check.orThrow(() -> new Selection(null, from, why, null, null));
    var retried = redrive.retry(selection, user());
    worker.wake();
    return new RetriedJson(retried, null);
  }

  @DeleteMapping("/{letterId}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "discardDeadLetter",
      summary =
          "Takes a letter out for good: what it holds is never done. What waits behind it is sent"
              + " on.")
  @Answers(status = 202, when = "It is out, and the others are sent on in the background.")
  @Fails(ErrorCode.NOT_FOUND)
  void discard(
      @Meaning(LETTER) @PathVariable String letterId,
      @Meaning(value = "Why it is discarded; is kept with it.", min = 1, max = 500)
          @RequestParam(required = false)
          @Nullable String reason) {
    var check = new RequestCheck();
    var why = check.required("reason", reason, text -> text("reason", text));
    check.orThrow(() -> true);
    var letter = open(letterId);
    if (redrive.discard(letter, user(), Objects.requireNonNull(why))) {
      LOG.warn("Staff have discarded letter {} of {}", letter.id(), letter.source());
      worker.wake();
    }
  }

  private DeadLetter open(String letterId) {
    var letter = find(letterId);
    if (!letter.state().isOpen()) {
      throw new NotFoundException(
          ErrorCode.NOT_FOUND,
          "The dead letter %s is %s; nothing of it is left to do"
              .formatted(letterId, letter.state()));
    }
    return letter;
  }

  private DeadLetter find(String letterId) {
    return Optional.of(letterId)
        .filter(id -> id.startsWith(service + "-"))
        .map(id -> id.substring(service.length() + 1))
        .filter(number -> NUMBER.matcher(number).matches())
        .flatMap(number -> letters.find(Long.parseLong(number)))
        .orElseThrow(() ->
            new NotFoundException(
                ErrorCode.NOT_FOUND,
                "There is no dead letter of this id; GET /admin/dead-letters lists them"));
  }

  private static String user() {
    return Caller.current().userId().value();
  }

  private static DeadLetterQueries.Place placeOf(String place) {
    var parts = place.split(":", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("no place");
    }
    return new DeadLetterQueries.Place(Boolean.parseBoolean(parts[0]), Long.parseLong(parts[1]));
  }

  private static DeadLetter.State stateOf(String text) {
    return Arrays.stream(DeadLetter.State.values())
        .filter(state -> state.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new InvalidValueException(
                "state", "must be one of " + Arrays.toString(DeadLetter.State.values())));
  }

  private static String text(String field, String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new InvalidValueException(field, "must be 1 to 500 characters, none of them NUL");
    }
    return text;
  }
}
