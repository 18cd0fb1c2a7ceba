package dev.orderflow.commandside.publication;

import dev.orderflow.platform.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
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
  private final Republication republication;

  PublicationController(Republication republication) {
    this.republication = republication;
  }

  @GetMapping
  @Operation(operationId = "getPublication", summary = "How far the events are published.")
  @Answers(status = 200, when = "The state of the publication.")
  PublicationJson state() {
    return new PublicationJson(republication.progress());
  }

  @PostMapping("/republish")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(operationId = "republish", summary = "Publishes every event again, from the first.")
  @Answers(status = 202, when = "They are being published again, perhaps since an earlier call.")
  void republish() {
    republication.request();
  }
}
