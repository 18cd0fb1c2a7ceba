package dev.orderflow.saga.ordering;

import static java.util.stream.Collectors.toSet;

import com.google.common.base.Suppliers;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.saga.commandside.CommandSender;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.consumption.PollHandler;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries the order sagas poll by poll: reads them, lets them decide, sends what they have decided,
 * lets them hear what was refused, and writes them with what was not answered or was refused. An
 * instance that dies in between has written nothing: the poll comes again, they decide again, and
 * every command may be sent again.
 */
final class OrderSagaHandler implements PollHandler {
  private final OrderSagaStore sagas;
  private final CommandSender gateway;
  private final TaskStore tasks;
  private final Duration paymentDeadline;
  private final OrderSteps steps;
  private final Clock clock;
  private final Supplier<Instant> stockSettledSince;

  /**
   * @param paymentDeadline how long after it was placed an order may wait for its payment
   */
  OrderSagaHandler(
      OrderSagaStore sagas,
      CommandSender gateway,
      TaskStore tasks,
      Duration paymentDeadline,
      OrderSteps steps,
      Clock clock) {
    // Not before the first poll: a service is put together without its database.
    this.stockSettledSince = Suppliers.memoize(sagas::stockSettledSince);
    this.sagas = sagas;
    this.gateway = gateway;
    this.tasks = tasks;
    this.paymentDeadline = paymentDeadline;
    this.steps = steps;
    this.clock = clock;
  }

  @Override
  public Changes handle(List<DomainEvent> events) {
    var orders = events.stream().map(OrderSagaPoll::orderOf).distinct().toList();
    var now = clock.instant();
    var poll = new OrderSagaPoll(sagas.find(orders), paymentDeadline, stockSettledSince.get(), now);
    events.forEach(poll::hear);
    if (poll.changed().isEmpty() && poll.commands().isEmpty()) {
      return Changes.NONE;
    }
    var failed = send(poll.commands(), refused -> poll.hear(refused), now);
    var changed = poll.changed();
    return new Changes() {
      @Override
      public void write() {
        sagas.write(changed);
        tasks.add(failed);
      }

      @Override
      public void committed() {
        // Not before: what others have overtaken is decided again, and measured then.
        steps.taken(events, changed.stream().map(StoredSaga::orderId).collect(toSet()));
      }
    };
  }

  private List<Attempt<?>> send(
      List<Object> commands, Consumer<CommandRefused> refused, Instant now) {
    var outcomes = gateway.execute(commands.stream().map(SagaCommand::message).toList());
    var failed = new ArrayList<Attempt<?>>();
    for (var i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.Decided() -> {}
        case Outcome.Failed(var cause) -> {
          failed.add(SagaCommand.failed(commands.get(i), cause));
          CommandRefused.of(commands.get(i), cause, now).ifPresent(refused);
        }
      }
    }
    return failed;
  }
}
