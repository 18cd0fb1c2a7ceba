package dev.orderflow.commandside.publication;

import dev.orderflow.platform.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The way of the events to Kafka, for staff. */
@RestController
@RequestMapping("/admin/publication")
class PublicationController {
  private final PublishedSoFar published;
  private final Republication republication;

  PublicationController(PublishedSoFar published, Republication republication) {
    this.published = published;
    this.republication = republication;
  }

  /**
   * How far it is.
   *
   * @param position of the last published event in the event store
   * @param lag how many events are still to come, at most
   * @param percent of the events there are now, 0 to 100
   */
  @Schema(name = "Publication")
  record PublicationJson(long position, long lag, int percent) {
    static PublicationJson of(PublishedSoFar.Place place) {
      var lag = Math.max(0, place.end() - place.position());
      return new PublicationJson(
          place.position(),
          lag,
          place.end() == 0 ? 100 : (int) Math.min(100, place.position() * 100 / place.end()));
    }
  }

  @GetMapping
  @Operation(operationId = "getPublication", summary = "How far the events are published.")
  @Answers(status = 200, when = "So far.")
  PublicationJson get() {
    return PublicationJson.of(published.now());
  }

  @PostMapping("/republish")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "republish",
      summary = "Publishes every event again, for a Kafka that has lost what it had.")
  @Answers(status = 202, when = "It begins within seconds, with the first event.")
  void republish() {
    republication.begin();
  }
}
