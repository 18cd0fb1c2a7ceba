package dev.orderflow.platform.staff;

import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.paging.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What staff have done in this service; the gateway puts those of all services together. */
@RestController
class StaffActionController {
  private final StaffActions actions;

  StaffActionController(StaffActions actions) {
    this.actions = actions;
  }

  @GetMapping("/admin/staff-actions")
  @Operation(
      operationId = "listStaffActions",
      summary = "What staff have done, the newest first, page by page.")
  @Answers(status = 200, when = "A page.")
  StaffActionPage list(
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    return StaffActionPage.of(actions.newest(new PageRequest(pageSize, pageToken)));
  }
}
