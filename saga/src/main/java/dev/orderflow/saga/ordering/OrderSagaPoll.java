package dev.orderflow.saga.ordering;

import static java.util.Comparator.comparing;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.platform.serialization.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.SagaCreationPolicy;
import org.axonframework.modelling.saga.SagaMethodMessageHandlingMember;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.jspecify.annotations.Nullable;

/**
 * The sagas of one poll's orders, and what they decide. They were read as a set and are written as
 * a set.
 */
final class OrderSagaPoll implements OrderDecisions {
  private static final String DECISIONS = "decisions";

  /** A handler gets the decisions of the poll in which its event came. */
  private static final AnnotationSagaMetaModelFactory MODELS =
      new AnnotationSagaMetaModelFactory(
          MultiParameterResolverFactory.ordered(
              (_, parameters, index) ->
                  parameters[index].getType() == OrderDecisions.class
                      ? new DecisionsOfTheMessage()
                      : null,
              ClasspathParameterResolverFactory.forClass(OrderSaga.class)));

  private static final SagaModel<OrderSaga> MODEL = MODELS.modelOf(OrderSaga.class);

  private final Map<OrderId, PolledSaga> sagas = new HashMap<>();
  private final List<Object> commands = new ArrayList<>();
  private final Duration paymentDeadline;
  private final Instant stockSettledSince;
  private final Instant now;

  /**
   * @param stored the sagas of the poll's orders that have one
   * @param paymentDeadline how long after it was placed an order may wait for its payment
   * @param stockSettledSince when confirming and cancelling began to settle the stock of orders
   * @param now no deadline counts from a later time, whatever an event says
   */
  OrderSagaPoll(
      Collection<StoredSaga> stored,
      Duration paymentDeadline,
      Instant stockSettledSince,
      Instant now) {
    this.now = now;
    this.paymentDeadline = paymentDeadline;
    this.stockSettledSince = stockSettledSince;
    stored.forEach(saga -> sagas.put(saga.orderId(), new PolledSaga(saga)));
  }

  /** The order that an event is about. */
  static OrderId orderOf(DomainEvent event) {
    return switch (event) {
      case OrderEvent order -> order.orderId();
      case PaymentEvent payment -> payment.orderId();
      case PaymentDeadlinePassed passed -> passed.orderId();
      case CommandRefused refused -> refused.orderId();
      default -> throw new IllegalArgumentException(event.getClass() + " is about no order");
    };
  }

  /**
   * Lets the saga of an event's order decide. A saga that has ended hears nothing more, unless the
   * command with which it ended was refused.
   */
  void hear(DomainEvent event) {
    var orderId = orderOf(event);
    var message = new GenericEventMessage<>(event, MetaData.with(DECISIONS, this));
    var polled = sagas.get(orderId);
    if (polled == null && starts(message)) {
      polled = new PolledSaga(orderId);
      sagas.put(orderId, polled);
    }
    if (polled == null) {
      return;
    }
    if (event instanceof CommandRefused) {
      polled.goOn(orderId);
    }
    if (polled.hasEnded()) {
      return;
    }
    if (event instanceof PaymentDeadlinePassed) {
      polled.deadline = null;
    }
    polled.saga.handle(message);
  }

  private static boolean starts(EventMessage<?> message) {
    return MODEL.findHandlerMethods(message).stream()
        .flatMap(handler -> handler.unwrap(SagaMethodMessageHandlingMember.class).stream())
        .anyMatch(handler -> handler.getCreationPolicy() != SagaCreationPolicy.NONE);
  }

  /** What is to be sent, in the order of the decisions. */
  List<Object> commands() {
    return List.copyOf(commands);
  }

  /** What is to be written: the sagas that have changed. */
  List<StoredSaga> changed() {
    return sagas.entrySet().stream()
        .flatMap(entry -> entry.getValue().changed(entry.getKey()).stream())
        .sorted(comparing(saga -> saga.orderId().value()))
        .toList();
  }

  @Override
  public void send(Object command) {
    commands.add(command);
  }

  @Override
  public boolean mustSettleStock(Instant placedAt) {
    return placedAt.isBefore(stockSettledSince);
  }

  @Override
  public void startPaymentDeadline(OrderId orderId, Instant placedAt) {
    polled(orderId).deadline = (placedAt.isBefore(now) ? placedAt : now).plus(paymentDeadline);
  }

  @Override
  public void keepPaymentDeadline(OrderId orderId, Instant from) {
    if (polled(orderId).deadline == null) {
      startPaymentDeadline(orderId, from);
    }
  }

  @Override
  public void stopPaymentDeadline(OrderId orderId) {
    polled(orderId).deadline = null;
  }

  private PolledSaga polled(OrderId orderId) {
    return Objects.requireNonNull(sagas.get(orderId), orderId::value);
  }

  private static AnnotatedSaga<OrderSaga> annotated(OrderSaga saga, OrderId orderId) {
    return new AnnotatedSaga<>(
        orderId.value(),
        Set.of(new AssociationValue("orderId", orderId.value())),
        saga,
        MODEL,
        MODELS.chainedInterceptor(OrderSaga.class));
  }

  /** A saga, and its row as it was read; null when it has none yet. */
  private static final class PolledSaga {
    private final @Nullable StoredSaga row;
    private AnnotatedSaga<OrderSaga> saga;
    private boolean ended;
    private @Nullable Instant deadline;

    private PolledSaga(OrderId orderId) {
      row = null;
      saga = annotated(new OrderSaga(), orderId);
    }

    private PolledSaga(StoredSaga row) {
      this.row = row;
      saga = annotated(EventJson.read(row.saga(), OrderSaga.class), row.orderId());
      ended = row.ended();
      deadline = row.deadline();
    }

    private boolean hasEnded() {
      return ended || !saga.isActive();
    }

    private void goOn(OrderId orderId) {
      saga = annotated(EventJson.read(EventJson.write(saga.root()), OrderSaga.class), orderId);
      ended = false;
    }

    /** The row to be written; empty when nothing has changed. */
    private Optional<StoredSaga> changed(OrderId orderId) {
      if (row == null ? isAsNew() : row.ended() && hasEnded()) {
        return Optional.empty();
      }
      var version = row == null ? 0 : row.version();
      var now =
          new StoredSaga(orderId, EventJson.write(saga.root()), version, deadline, hasEnded());
      return now.equals(row)
          ? Optional.empty()
          : Optional.of(new StoredSaga(orderId, now.saga(), version + 1, deadline, now.ended()));
    }

    /** Then all that it has heard was forged. */
    private boolean isAsNew() {
      return deadline == null
          && !hasEnded()
          && EventJson.write(saga.root()).equals(EventJson.write(new OrderSaga()));
    }
  }

  private static final class DecisionsOfTheMessage implements ParameterResolver<OrderDecisions> {
    @Override
    public OrderDecisions resolveParameterValue(Message<?> message) {
      return (OrderDecisions) Objects.requireNonNull(message.getMetaData().get(DECISIONS));
    }

    @Override
    public boolean matches(Message<?> message) {
      return message.getMetaData().containsKey(DECISIONS);
    }
  }
}
