package dev.orderflow.saga.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.saga.tasks.TaskList.OpenTask;
import dev.orderflow.saga.tasks.TaskList.Place;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
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
      @Meaning("The tasks of this page.") List<TaskJson> tasks, @Nullable String nextPageToken) {}

  /**
   * A task.
   *
   * @param orderId null when it is about no order
   * @param since null when it has not failed by itself
   * @param lastFailure null when that was before it was stored, or never
   */
  @Schema(name = "Task")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskJson(
      @Meaning("Names the task, among those of its kind.") String id,
      @Meaning("What is to be done.") String kind,
      @MeaningOf(OrderId.class) @Nullable String orderId,
      @Meaning("How often it has failed in a row.") int attempts,
      @Meaning("When it is tried next.") Instant due,
      @Meaning("When it failed by itself for the first time, while others were done.")
          @Nullable Instant since,
      @Meaning("When a later try of it failed last.") @Nullable Instant lastFailure) {
    static TaskJson of(OpenTask task) {
      return new TaskJson(
          task.place().id(),
          task.place().kind(),
          task.orderId(),
          task.attempts(),
          task.place().due(),
          task.since(),
          task.lastFailure());
    }
  }

  @GetMapping("/admin/tasks")
  @Operation(
      operationId = "listTasks",
      summary = "What is still to be done, and tried until it is: what is due first, page by page.")
  @Answers(status = 200, when = "A page.")
  ResponseEntity<PageJson> list(
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var request = new PageRequest(pageSize, pageToken);
    var after = PageToken.read(request, Place::of);
    var page =
        Page.of(tasks.after(after, request.size() + 1), request, task -> task.place().toString());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new PageJson(page.items().stream().map(TaskJson::of).toList(), page.nextToken()));
  }
}
