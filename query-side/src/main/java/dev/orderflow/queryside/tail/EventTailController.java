package dev.orderflow.queryside.tail;

import dev.orderflow.platform.bounds.ClientConnection;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What happens on the platform, as it happens, for staff. */
@RestController
class EventTailController {
  private final EventTails tails;

  EventTailController(EventTails tails) {
    this.tails = tails;
  }

  @GetMapping(path = "/admin/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "watchEvents",
      summary =
          "The records that come to Kafka from now on, as they come. Some are passed over, and"
              + " counted, when more come than can be looked at.")
  @Answers(
      status = 200,
      when =
          "The events open, record (a record) and skipped (how many were passed over), until the"
              + " token is over.")
  ResponseEntity<SseEmitter> events(@ParameterObject EventFilter filter, HttpServletRequest request)
      throws IOException {
    var answer = ResponseEntity.ok();
    return request.getMethod().equals(HttpMethod.HEAD.name())
        ? answer.contentType(MediaType.TEXT_EVENT_STREAM).build()
        : answer.body(tails.open(Caller.current(), filter, ClientConnection.of(request)));
  }
}
