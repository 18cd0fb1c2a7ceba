package dev.orderflow.saga.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.saga.tasks.TaskList.OpenTask;
import dev.orderflow.saga.tasks.TaskList.Place;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is still to be done, for staff. */
@RestController
class TaskController {
  private final TaskList tasks;

  TaskController(TaskList tasks) {
    this.tasks = tasks;
  }

  /**
   * A page.
   *
   * @param nextPageToken null on the last page
   */
  @Schema(name = "TaskPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PageJson(
      @Meaning("The tasks of this page.") List<OpenTask> tasks, @Nullable String nextPageToken) {}

  @GetMapping("/admin/tasks")
  @Operation(
      operationId = "listTasks",
      summary = "What is still to be done, and tried until it is: what is due first, page by page.")
  @Answers(status = 200, when = "A page.")
  PageJson list(
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var request = new PageRequest(pageSize, pageToken);
    var after = PageToken.read(request, Place::of);
    var page =
        Page.of(tasks.after(after, request.size() + 1), request, task -> task.place().toString());
    return new PageJson(page.items(), page.nextToken());
  }
}
