package dev.orderflow.platform.overview;

import dev.orderflow.platform.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How this instance is, for staff; the gateway puts those of all instances together. */
@RestController
class OverviewController {
  private final OwnOverview overview;

  OverviewController(OwnOverview overview) {
    this.overview = overview;
  }

  @GetMapping("/admin/overview")
  @Operation(
      operationId = "getOverview",
      summary =
          "How the platform is: checks, instances with what they hold, and values of the last hour.")
  @Answers(status = 200, when = "As of a moment ago.")
  Overview overview() {
    return overview.current();
  }
}
