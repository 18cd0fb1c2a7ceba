package dev.orderflow.saga.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.proto.command.v1.Command;
import io.grpc.Status;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The rules of the command side, small: what it decides it publishes. */
public final class CommandSideModel {
  private final Map<OrderId, Order> orders = new LinkedHashMap<>();
  private final Map<PaymentId, Payment> payments = new LinkedHashMap<>();
  private final Map<ProductId, Stock> stocks = new LinkedHashMap<>();
  private final SimulatedTopics log;
  private final Clock clock;
  private final Chance chance;

  private static final class Order {
    private final OrderPlacedEvent placed;
    private OrderStatus status = OrderStatus.PENDING;
    private CancelReason reason;

    private Order(OrderPlacedEvent placed) {
      this.placed = placed;
    }
  }

  private static final class Payment {
    private final RequestPayment request;
    private PaymentStatus status = PaymentStatus.REQUESTED;

    private Payment(RequestPayment request) {
      this.request = request;
    }
  }

  private static final class Stock {
    private final Map<ReservationId, Quantity> held = new HashMap<>();
    private StockLevels levels = StockLevels.NONE;
    private long received;
  }

  /** Without products. */
  public CommandSideModel(SimulatedTopics log, Clock clock, Chance chance) {
    this.log = log;
    this.clock = clock;
    this.chance = chance;
  }

  /** Pieces come in. */
  public void receive(ReceiveStock command) {
    var stock = stocks.computeIfAbsent(command.productId(), _ -> new Stock());
    stock.levels = stock.levels.received(command.quantity());
    stock.received += command.quantity().value();
  }

  /** Places an order, unless there is too little of anything. */
  public void place(OrderPlacedEvent placed) {
    var needed = pieces(placed);
    if (needed.entrySet().stream()
        .anyMatch(it -> stocks.get(it.getKey()).levels.available() < it.getValue())) {
      chance.saw(Coverage.SOLD_OUT);
      return;
    }
    needed.forEach((product, count) -> {
      var stock = stocks.get(product);
      var quantity = new Quantity(count);
      stock.levels = stock.levels.held(quantity);
      stock.held.put(ReservationId.of(placed.orderId()), quantity);
    });
    orders.put(placed.orderId(), new Order(placed));
    log.append(placed);
  }

  private static Map<ProductId, Integer> pieces(OrderPlacedEvent placed) {
    return placed.items().stream()
        .collect(
            Collectors.toMap(OrderItem::productId, item -> item.quantity().value(), Integer::sum));
  }

  /** The customer cancels, if it is not too late. */
  public void cancelFor(OrderId orderId) {
    if (orders.get(orderId).status != OrderStatus.PENDING) {
      return;
    }
    var payment = payments.get(PaymentId.of(orderId));
    if (payment != null) {
      switch (payment.status) {
        case REQUESTED -> chance.saw(Coverage.CANCELLED_WHILE_PAYING);
        case SUCCEEDED -> chance.saw(Coverage.CANCELLED_WHEN_PAID);
        case FAILED, REFUND_REQUESTED, REFUNDED -> {}
      }
    }
    handle(new CancelOrder(orderId, CancelReason.CUSTOMER_REQUEST));
  }

  /**
   * Decides, as a service asks for it.
   *
   * @throws io.grpc.StatusRuntimeException when it is refused
   */
  public void handle(Command command) {
    switch (command.getCommandCase()) {
      case REQUEST_PAYMENT -> {
        var request = command.getRequestPayment();
        handle(
            new RequestPayment(
                new OrderId(request.getOrderId()),
                new Money(
                    new BigDecimal(request.getAmount()),
                    Currency.getInstance(request.getCurrency())),
                null));
      }
      case COMPLETE_PAYMENT -> {
        var request = command.getCompletePayment();
        handle(
            new CompletePayment(
                new PaymentId(request.getPaymentId()),
                PaymentOutcome.valueOf(
                    request.getOutcome().name().substring("PAYMENT_OUTCOME_".length())),
                request.hasReason() ? request.getReason() : null));
      }
      case REQUEST_REFUND ->
          handle(new RequestRefund(new PaymentId(command.getRequestRefund().getPaymentId())));
      case COMPLETE_REFUND ->
          handle(new CompleteRefund(new PaymentId(command.getCompleteRefund().getPaymentId())));
      case CONFIRM_ORDER ->
          handle(new ConfirmOrder(new OrderId(command.getConfirmOrder().getOrderId())));
      case CANCEL_ORDER -> {
        var request = command.getCancelOrder();
        handle(
            new CancelOrder(
                new OrderId(request.getOrderId()),
                CancelReason.valueOf(
                    request.getReason().name().substring("CANCEL_REASON_".length()))));
      }
      case COMMIT_STOCK, RELEASE_STOCK, COMMAND_NOT_SET ->
          throw new AssertionError(command + " is not for the orders of this release");
    }
  }

  /** Confirms a paid order, and sells what it has reserved. */
  private void handle(ConfirmOrder command) {
    var order = order(command.orderId());
    switch (order.status) {
      case PENDING -> {
        require(isPayment(PaymentStatus.SUCCEEDED, command.orderId()));
        order.status = OrderStatus.CONFIRMED;
        settle(order, StockLevels::committed);
        chance.saw(Coverage.CONFIRMED);
        log.append(new OrderConfirmedEvent(command.orderId(), clock.instant()));
      }
      case CANCELLED -> {
        chance.saw(Coverage.CONFIRMED_TOO_LATE);
        refundIfCancelled(command.orderId());
      }
      case CONFIRMED -> {}
    }
  }

  /** Cancels a pending order, and gives back what it has reserved. */
  private void handle(CancelOrder command) {
    var order = order(command.orderId());
    switch (order.status) {
      case PENDING -> {
        require(
            command.reason() != CancelReason.PAYMENT_FAILED
                || isPayment(PaymentStatus.FAILED, command.orderId()));
        order.status = OrderStatus.CANCELLED;
        order.reason = command.reason();
        settle(order, StockLevels::released);
        switch (command.reason()) {
          case PAYMENT_FAILED -> chance.saw(Coverage.DECLINED);
          case PAYMENT_TIMEOUT -> chance.saw(Coverage.OVERDUE);
          case CUSTOMER_REQUEST -> {}
        }
        log.append(new OrderCancelledEvent(command.orderId(), command.reason(), clock.instant()));
        refundIfCancelled(command.orderId());
      }
      case CONFIRMED -> {
        if (command.reason() == CancelReason.PAYMENT_TIMEOUT) {
          chance.saw(Coverage.CONFIRMED_ALTHOUGH_OVERDUE);
        }
      }
      case CANCELLED -> {}
    }
  }

  private void refundIfCancelled(OrderId orderId) {
    if (orders.get(orderId).status == OrderStatus.CANCELLED
        && isPayment(PaymentStatus.SUCCEEDED, orderId)) {
      handle(new RequestRefund(PaymentId.of(orderId)));
    }
  }

  private Order order(OrderId id) {
    return Optional.ofNullable(orders.get(id)).orElseThrow(Status.NOT_FOUND::asRuntimeException);
  }

  private boolean isPayment(PaymentStatus status, OrderId orderId) {
    var payment = payments.get(PaymentId.of(orderId));
    return payment != null && payment.status == status;
  }

  private static void require(boolean state) {
    if (!state) {
      throw Status.FAILED_PRECONDITION.asRuntimeException();
    }
  }

  private void settle(Order order, BiFunction<StockLevels, Quantity, StockLevels> how) {
    pieces(order.placed)
        .forEach((product, count) -> {
          var stock = stocks.get(product);
          var held = stock.held.remove(ReservationId.of(order.placed.orderId()));
          stock.levels = how.apply(stock.levels, held);
        });
  }

  private void handle(PaymentCommand command) {
    if (command instanceof RequestPayment asked) {
      var placed = order(asked.orderId()).placed;
      var request =
          new RequestPayment(
              asked.orderId(),
              new Money(placed.totalAmount(), placed.currency()),
              placed.paymentMethod());
      if (payments.putIfAbsent(request.paymentId(), new Payment(request)) == null) {
        log.append(
            new PaymentRequestedEvent(
                request.paymentId(),
                request.orderId(),
                request.amount().amount(),
                request.amount().currency(),
                request.paymentMethod(),
                clock.instant()));
      }
      return;
    }
    var id = command.paymentId();
    var payment =
        Optional.ofNullable(payments.get(id)).orElseThrow(Status.NOT_FOUND::asRuntimeException);
    var order = payment.request.orderId();
    require(
        !(command instanceof RequestRefund) || orders.get(order).status == OrderStatus.CANCELLED);
    var money = payment.request.amount();
    switch (command) {
      case CompletePayment complete when payment.status == PaymentStatus.REQUESTED -> {
        payment.status =
            complete.outcome() == PaymentOutcome.SUCCESS
                ? PaymentStatus.SUCCEEDED
                : PaymentStatus.FAILED;
        log.append(
            new PaymentCompletedEvent(
                order,
                id,
                complete.outcome(),
                complete.reason(),
                money.amount(),
                money.currency(),
                clock.instant()));
        refundIfCancelled(order);
      }
      case RequestRefund _ when payment.status == PaymentStatus.SUCCEEDED -> {
        payment.status = PaymentStatus.REFUND_REQUESTED;
        log.append(
            new RefundRequestedEvent(id, order, money.amount(), money.currency(), clock.instant()));
      }
      case CompleteRefund _ when payment.status == PaymentStatus.REFUND_REQUESTED -> {
        payment.status = PaymentStatus.REFUNDED;
        if (orders.get(order).reason == CancelReason.PAYMENT_TIMEOUT) {
          chance.saw(Coverage.LATE_SUCCESS_REFUNDED);
        }
        log.append(
            new PaymentRefundedEvent(id, order, money.amount(), money.currency(), clock.instant()));
      }
      case RequestPayment _, CompletePayment _, RequestRefund _, CompleteRefund _ -> {}
    }
  }

  /** Whether the payment of an order was asked for. */
  public boolean isPaymentAskedFor(OrderId orderId) {
    return payments.containsKey(PaymentId.of(orderId));
  }

  /** Where a payment stands. */
  public PaymentStatus statusOf(PaymentId paymentId) {
    return payments.get(paymentId).status;
  }

  /** How much a payment is about. */
  public Money amountOf(PaymentId paymentId) {
    return payments.get(paymentId).request.amount();
  }

  /** Every payment that was asked for. */
  public Set<PaymentId> payments() {
    return payments.keySet();
  }

  /** Every order. */
  public List<OrderId> orders() {
    return List.copyOf(orders.keySet());
  }

  /** Where an order stands. */
  public OrderStatus statusOf(OrderId orderId) {
    return orders.get(orderId).status;
  }

  /** Nothing is lost or made up. */
  public void checkStock() {
    stocks.forEach((product, stock) -> {
      var levels = stock.levels;
      assertThat(levels.available() + levels.reserved() + levels.sold())
          .as("all there is of %s", product)
          .isEqualTo(stock.received);
      assertThat(stock.held.values().stream().mapToLong(Quantity::value).sum())
          .as("held of %s", product)
          .isEqualTo(levels.reserved());
    });
  }

  /** What was confirmed is sold, what is pending is reserved, and everything else is available. */
  public void checkStockOfOrders() {
    var sold = new HashMap<ProductId, Long>();
    var reserved = new HashMap<ProductId, Long>();
    orders
        .values()
        .forEach(order -> {
          var pieces = pieces(order.placed);
          switch (order.status) {
            case CONFIRMED ->
                pieces.forEach((id, count) -> sold.merge(id, (long) count, Long::sum));
            case PENDING ->
                pieces.forEach((id, count) -> reserved.merge(id, (long) count, Long::sum));
            case CANCELLED -> {}
          }
        });
    stocks.forEach((product, stock) -> {
      assertThat(stock.levels.reserved())
          .as("%s reserved", product)
          .isEqualTo(reserved.getOrDefault(product, 0L));
      assertThat(stock.levels.sold())
          .as("%s sold", product)
          .isEqualTo(sold.getOrDefault(product, 0L));
    });
  }

  /** Every order is final. */
  public void checkOrdersFinal() {
    orders.forEach(
        (id, order) -> assertThat(order.status.isFinal()).as("%s is final", id).isTrue());
  }
}
