package dev.orderflow.gateway.admin;

import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.staff.StaffActionPage;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** What staff have done in all services, for staff. */
@RestController
final class MergedStaffActionsController {
  private static final String PATH = "/admin/staff-actions";

  private final Parts parts;

  MergedStaffActionsController(Parts parts) {
    this.parts = parts;
  }

  @GetMapping(PATH)
  StaffActionPage list(
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var request = new PageRequest(pageSize, pageToken);
    StaffActionPage.requirePlace(request);
    var path =
        UriComponentsBuilder.fromPath(PATH)
            .queryParam("pageSize", request.size())
            .queryParam("pageToken", request.token())
            .toUriString();
    var told = new ArrayList<StaffActionPage>();
    var missing = new ArrayList<String>();
    for (var part : parts.ofEach(List.of(Service.values()), path, StaffActionPage.class)) {
      if (part instanceof Answered<StaffActionPage>(_, _, var page)) {
        told.add(page);
      } else {
        missing.add(part.service().label());
      }
    }
    return StaffActionPage.together(told, request, missing);
  }
}
