package dev.orderflow.commandside.streams;

import dev.orderflow.api.MeaningOf;
import dev.orderflow.commandside.eventstore.StreamHistory;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What has happened to an aggregate, for staff. */
@RestController
class StreamController {
  private final StreamHistory history;

  StreamController(StreamHistory history) {
    this.history = history;
  }

  @GetMapping("/admin/streams/{streamId}")
  @Operation(
      operationId = "getStream",
      summary =
          "The events of an aggregate, the first one first, page by page, each with the state after"
              + " it. Streams are named order-, payment-, product- or stock- and the id.")
  @Answers(status = 200, when = "A page.")
  @Fails(ErrorCode.NOT_FOUND)
  StreamPageJson stream(
      @MeaningOf(StreamPageJson.class) @PathVariable String streamId,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var request = new PageRequest(pageSize, pageToken, streamId);
    var last = PageToken.read(request, StreamController::sequence);
    var found = history.read(streamId, last == null ? 0 : last + 1, request.size() + 1);
    if (found.isEmpty()) {
      throw new NotFoundException(
          ErrorCode.NOT_FOUND,
          "There is no such stream; streams are named order-, payment-, product- or stock- and the"
              + " id");
    }
    var page = Page.of(found, request, step -> Long.toString(step.event().getSequenceNumber()));
    return StreamPageJson.of(streamId, page);
  }

  private static long sequence(String place) {
    var sequence = Long.parseLong(place);
    if (sequence < 0) {
      throw new IllegalArgumentException("no sequence");
    }
    return sequence;
  }
}
