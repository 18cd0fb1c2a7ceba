package dev.orderflow.saga.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.commandside.CommandRefusal;
import dev.orderflow.saga.payment.PaymentModel;
import dev.orderflow.saga.simulation.Chance;
import dev.orderflow.saga.simulation.CommandSideModel;
import dev.orderflow.saga.simulation.Coverage;
import dev.orderflow.saga.simulation.InjectedFault;
import dev.orderflow.saga.simulation.SimulatedCommandSender;
import dev.orderflow.saga.simulation.SimulatedDatabase;
import dev.orderflow.saga.simulation.SimulatedDatabase.SagaRow;
import dev.orderflow.saga.simulation.SimulatedDatabase.TaskRow;
import dev.orderflow.saga.simulation.SimulatedTopics;
import dev.orderflow.saga.simulation.SimulatedTopics.Batch;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Several instances of the saga service over one database, between a command side, a provider and
 * topics in memory. What is done about a poll, a deadline and a task is the real code; time is
 * virtual and nothing runs beside anything else: what happens at once is what happens in the middle
 * of something.
 */
final class OrderSimulation {
  private static final int INSTANCES = 2;

  private static final List<ProductId> PRODUCTS = List.of(new ProductId("A"), new ProductId("B"));
  private static final int PIECES = 4;
  private static final int MOST_ORDERS = 6;
  private static final Duration PAYMENT_DEADLINE = Duration.ofMinutes(15);
  private static final int MOST_ROUNDS = 200;

  private final Chance chance;
  private final SimulatedTopics log;
  private final SimulatedDatabase database;
  private final CommandSideModel commandSide;
  private final PaymentModel payments;
  private final SimulatedTopics.Group sagaGroup;
  private final SimulatedTopics.Group paymentGroup;
  private final List<Instance> instances = new ArrayList<>();
  private final VirtualClock clock = new VirtualClock();
  private final SimulatedCommandSender sender;
  private final TransactionTemplate transaction;
  private final boolean strangers;
  private int pollsUnderWay;

  private final class Instance {
    private final OrderSagaHandler sagas =
        new OrderSagaHandler(
            new SagaRows(database),
            sender,
            database,
            PAYMENT_DEADLINE,
            new OrderSteps(new SimpleMeterRegistry(), clock),
            clock);
    private final OverdueOrders overdueOrders =
        new OverdueOrders(
            new SagaRows(database),
            events -> poll(List.copyOf(events.values())),
            Traces.none(),
            clock);

    /** As the service does it, but for dead letters. */
    private void poll(List<? extends DomainEvent> events) {
      if (pollsUnderWay > 0) {
        chance.saw(Coverage.INSTANCES_MET);
      }
      pollsUnderWay++;
      var decided = sender.decided();
      try {
        var changes = sagas.handle(List.copyOf(events));
        chance.between();
        transaction.executeWithoutResult(_ -> changes.write());
        changes.committed();
      } catch (InjectedFault.Crash crash) {
        if (sender.decided() > decided) {
          chance.saw(Coverage.CRASH_BETWEEN_SEND_AND_COMMIT);
        }
        throw crash;
      } finally {
        pollsUnderWay--;
      }
    }
  }

  private static final class VirtualClock extends Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * @param strangers whether they write events to the topics that no aggregate has decided
   */
  OrderSimulation(Chance chance, boolean strangers) {
    this.chance = chance;
    this.strangers = strangers;
    log = new SimulatedTopics(chance);
    database = new SimulatedDatabase(chance, clock);
    transaction = new TransactionTemplate(database);
    commandSide = new CommandSideModel(log, clock, chance);
    sender = new SimulatedCommandSender(commandSide, chance);
    payments = new PaymentModel(commandSide, sender, database, chance);
    sagaGroup =
        log.new Group(List.of(EventTopic.ORDERS, EventTopic.PAYMENTS, EventTopic.PAYMENT_OUTCOMES));
    paymentGroup = log.new Group(List.of(EventTopic.PAYMENTS));
    PRODUCTS.forEach(
        product -> commandSide.receive(new ReceiveStock(product, new Quantity(PIECES))));
    for (var i = 0; i < INSTANCES; i++) {
      instances.add(new Instance());
    }
    chance.setElsewhere(this::step);
  }

  /** Something happens. */
  void step() {
    try {
      if (strangers && chance.oneIn(8)) {
        log.append(forged(new OrderId("ORD-" + (1 + chance.below(MOST_ORDERS)))));
      }
      move(chance.below(32));
    } catch (InjectedFault.Failure _) {
      chance.saw(Coverage.FAILURE);
    } catch (InjectedFault.Crash _) {
      chance.saw(Coverage.CRASH);
    } catch (OptimisticLockingFailureException _) {
      chance.saw(Coverage.OVERTAKEN);
    }
    check();
  }

  /** What is common in life is common here. */
  private void move(int kind) {
    switch (kind) {
      case 0, 1 -> place();
      case 2 -> cancel();
      case 3, 4, 5, 6, 7, 8, 9, 10 -> deliver(sagaGroup.next(partition()), this::toSagas);
      case 11, 12, 13 -> deliver(paymentGroup.next(partition()), payments::take);
      case 14 -> {
        chance.saw(Coverage.RECORDS_AGAIN);
        deliver(sagaGroup.again(partition()), this::toSagas);
      }
      case 15 -> {
        chance.saw(Coverage.RECORDS_AGAIN);
        deliver(paymentGroup.again(partition()), payments::take);
      }
      case 16 -> payments.setProviderSilent(chance.oneIn(4));
      case 17 -> {
        var _ = payments.providerGoesOn();
      }
      case 18 -> clock.now = clock.now.plusSeconds(chance.below(1_800));
      case 19 -> anyInstance().overdueOrders.look();
      default -> {
        var due = dueTasks();
        if (!due.isEmpty()) {
          run(due.get(chance.below(due.size())));
        }
      }
    }
  }

  private int partition() {
    return chance.below(SimulatedTopics.PARTITIONS);
  }

  private Instance anyInstance() {
    return instances.get(chance.below(INSTANCES));
  }

  /** One, two, or two lines of the same product. */
  private void place() {
    var number = commandSide.orders().size() + 1;
    if (number > MOST_ORDERS) {
      return;
    }
    var items = new ArrayList<OrderItem>();
    for (var i = 0; i <= chance.below(2); i++) {
      items.add(
          new OrderItem(
              PRODUCTS.get(chance.below(PRODUCTS.size())),
              new Quantity(1 + chance.below(2)),
              BigDecimal.TEN));
    }
    commandSide.place(placed(new OrderId("ORD-" + number), items, clock.instant()));
  }

  private static OrderPlacedEvent placed(OrderId order, List<OrderItem> items, Instant at) {
    var number = order.value().substring("ORD-".length());
    return new OrderPlacedEvent(
        order,
        new UserId("alice"),
        items,
        BigDecimal.TEN.multiply(new BigDecimal(number)),
        Currency.getInstance("EUR"),
        new IdempotencyKey("alice_20260102030405_" + number),
        null,
        new RequestFingerprint("00"),
        at);
  }

  /** Also about an order that is not placed yet, and with a time as a stranger likes it. */
  private DomainEvent forged(OrderId order) {
    var at = clock.instant().plusSeconds(chance.below(7_200) - 3_600L);
    var payment = PaymentId.of(order);
    var currency = Currency.getInstance("EUR");
    return switch (chance.below(6)) {
      case 0 ->
          new PaymentCompletedEvent(
              order, payment, PaymentOutcome.SUCCESS, null, BigDecimal.ONE, currency, at);
      case 1 ->
          new PaymentCompletedEvent(
              order, payment, PaymentOutcome.FAILED, "forged", BigDecimal.ONE, currency, at);
      case 2 -> new OrderConfirmedEvent(order, at);
      case 3 -> new OrderCancelledEvent(order, CancelReason.CUSTOMER_REQUEST, at);
      case 4 -> new PaymentRefundedEvent(payment, order, BigDecimal.ONE, currency, at);
      default -> placed(order, List.of(), at);
    };
  }

  private void cancel() {
    var orders = commandSide.orders();
    if (!orders.isEmpty() && chance.oneIn(4)) {
      commandSide.cancelFor(orders.get(chance.below(orders.size())));
    }
  }

  private void toSagas(List<DomainEvent> events) {
    anyInstance().poll(events);
  }

  private void deliver(Batch batch, Consumer<List<DomainEvent>> to) {
    if (!batch.events().isEmpty()) {
      to.accept(batch.events());
      chance.between();
      batch.commit().run();
    }
  }

  private List<TaskRow> dueTasks() {
    return database.tasks().stream().filter(task -> !task.due().isAfter(clock.instant())).toList();
  }

  private void run(TaskRow task) {
    var picked = database.pick(task);
    try {
      work(picked.data());
      chance.between();
    } catch (InjectedFault.Failure failure) {
      database.failed(picked);
      throw failure;
    }
    database.done(picked);
  }

  private void work(Object data) {
    switch (data) {
      case PaymentRequestedEvent request -> payments.charge(request);
      case RefundRequestedEvent request -> payments.refund(request);
      default -> {
        try {
          SagaCommand.of(data)
              .repeatedBy(sender, refused -> anyInstance().poll(List.of(refused)), clock)
              .work()
              .accept(data);
        } catch (StatusRuntimeException failure) {
          if (!CommandRefusal.is(failure)) {
            throw new InjectedFault.Failure();
          }
        }
      }
    }
  }

  private void check() {
    commandSide.checkStock();
    commandSide.checkStockOfOrders();
    payments.checkMoney();
    if (!strangers) {
      assertThat(database.letters()).as("refused commands").isZero();
    }
  }

  /**
   * Nothing goes wrong any more, but the provider is silent: no order has to wait for it. Then it
   * answers, and all comes to its end.
   */
  void checkThatAllIsWellInTheEnd() {
    chance.stop();
    payments.setProviderSilent(true);
    letRunOut();
    commandSide.checkOrdersFinal();
    payments.setProviderSilent(false);
    checkAfterLettingRunOut();
  }

  /** New consumer groups read everything from the first record, long after the end. */
  void checkThatRecordsThatComeAgainMuchLaterChangeNothing() {
    payments.providerForgetsKeys();
    sagaGroup.rewind();
    paymentGroup.rewind();
    checkAfterLettingRunOut();
  }

  private void checkAfterLettingRunOut() {
    letRunOut();
    commandSide.checkOrdersFinal();
    payments.checkMoneySettled();
    assertThat(commandSide.orders().stream().map(order -> database.sagas().get(order.value())))
        .as("all sagas have ended")
        .allMatch(SagaRow::ended);
    assertThat(database.tasks()).as("open tasks").isEmpty();
  }

  private void letRunOut() {
    for (var round = 0; goesOn(); round++) {
      assertThat(round).as("rounds without an end: %s", database).isLessThan(MOST_ROUNDS);
      check();
    }
  }

  /** Whether anything has been done. */
  private boolean goesOn() {
    var done = !sagaGroup.isAtEnd() || !paymentGroup.isAtEnd();
    for (var partition = 0; partition < SimulatedTopics.PARTITIONS; partition++) {
      deliver(sagaGroup.next(partition), this::toSagas);
      deliver(paymentGroup.next(partition), payments::take);
    }
    for (var task : dueTasks()) {
      try {
        run(task);
        done = true;
      } catch (InjectedFault.Failure _) {
        // It waits for the provider.
      }
    }
    var before = database.sagas();
    instances.getFirst().overdueOrders.look();
    return done
        || !before.equals(database.sagas())
        || payments.providerGoesOn()
        || nextDeadlineComes();
  }

  private boolean nextDeadlineComes() {
    var next =
        Stream.concat(
                database.tasks().stream().map(TaskRow::due),
                database.sagas().values().stream().map(SagaRow::deadline).filter(Objects::nonNull))
            .filter(due -> due.isAfter(clock.instant()))
            .min(Instant::compareTo);
    next.ifPresent(due -> clock.now = due);
    return next.isPresent();
  }
}
