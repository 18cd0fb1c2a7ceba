package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.saga.simulation.SimulatedDatabase;
import dev.orderflow.saga.simulation.SimulatedDatabase.SagaRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Keeps sagas in a database in memory. */
record SagaRows(SimulatedDatabase database) implements OrderSagaStore {
  @Override
  public List<StoredSaga> find(Collection<OrderId> orders) {
    var read = database.readSagas();
    return orders.stream()
        .filter(orderId -> read.containsKey(orderId.value()))
        .map(orderId -> stored(orderId, read.get(orderId.value())))
        .toList();
  }

  private static StoredSaga stored(OrderId orderId, SagaRow row) {
    return new StoredSaga(orderId, row.json(), row.version(), row.deadline(), row.ended());
  }

  @Override
  public void write(Collection<StoredSaga> sagas) {
    sagas.forEach(saga ->
        database.write(
            saga.orderId().value(),
            new SagaRow(saga.saga(), saga.version(), saga.deadline(), saga.ended())));
  }

  @Override
  public List<Overdue> claimOverdue(Instant now, Instant until, int most) {
    return database.claimOverdue(now, until).stream()
        .map(id -> new Overdue(new OrderId(id), null))
        .toList();
  }

  @Override
  public Instant stockSettledSince() {
    return Instant.EPOCH;
  }
}
