package dev.orderflow.saga.tasks;

import java.util.List;

/** What a part of the service does as tasks; each part gives one as a bean. */
public record TaskHandlers(List<TaskHandler<?>> handlers) {
  /** With these. */
  public TaskHandlers(TaskHandler<?>... handlers) {
    this(List.of(handlers));
  }
}
