package dev.orderflow.commandside.inventory.expiry;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.commandside.eventstore.EventAppendListener;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.context.SmartLifecycle;

/**
 * Stores a task with every reservation that expires, in its transaction, due when its time is over.
 * Any instance does it. A task whose reservation has ended meanwhile finds nothing to do.
 */
final class ReservationExpiry implements EventAppendListener, SmartLifecycle {
  static final TaskDescriptor<ExpireReservations> TASK =
      TaskDescriptor.of("expire-reservations", ExpireReservations.class);

  private final Scheduler scheduler;
  private volatile boolean running;

  ReservationExpiry(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void appended(List<DomainEventMessage<?>> events) {
    var tasks = new ArrayList<SchedulableInstance<?>>();
    for (var event : events) {
      if (event.getPayload() instanceof StockReservedEvent reserved
          && reserved.expiresAt() != null) {
        tasks.add(
            TASK.instance(reserved.productId() + "/" + reserved.reservationId())
                .data(new ExpireReservations(reserved.productId()))
                .scheduledTo(reserved.expiresAt()));
      }
    }
    if (!tasks.isEmpty()) {
      scheduler.scheduleBatch(tasks);
    }
  }

  @Override
  public void start() {
    scheduler.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    scheduler.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
