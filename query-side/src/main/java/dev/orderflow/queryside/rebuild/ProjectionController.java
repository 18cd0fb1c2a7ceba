package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds, for staff. */
@RestController
@RequestMapping("/admin/projections")
class ProjectionController {
  private final Rebuilds rebuilds;

  ProjectionController(Rebuilds rebuilds) {
    this.rebuilds = rebuilds;
  }

  @GetMapping
  @Operation(operationId = "listProjections", summary = "The projections and their rebuilds.")
  @Answers(status = 200, when = "All projections.")
  ProjectionsJson all() {
    return rebuilds.all();
  }

  @PostMapping("/{projection}/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(operationId = "startRebuild", summary = "Builds a projection anew.")
  @Answers(status = 202, when = "It is being rebuilt, perhaps since an earlier call.")
  @Fails(ErrorCode.NOT_FOUND)
  void start(@PathVariable String projection) {
    rebuilds.rebuild(projection);
  }

  @PostMapping("/{projection}/comparison")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "startComparison",
      summary = "Compares what a projection serves with what a replay of all events makes.")
  @Answers(status = 202, when = "It is being compared, perhaps since an earlier call.")
  @Fails(ErrorCode.NOT_FOUND)
  void compare(@PathVariable String projection) {
    rebuilds.compare(projection);
  }

  @DeleteMapping("/{projection}/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(operationId = "cancelRebuild", summary = "Gives a rebuild or a comparison up.")
  @Answers(status = 202, when = "Nothing is being built any more.")
  @Fails(ErrorCode.NOT_FOUND)
  void cancel(@PathVariable String projection) {
    rebuilds.cancel(projection);
  }
}
