package dev.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.saga.simulation.Chance;
import dev.orderflow.saga.simulation.CommandSideModel;
import dev.orderflow.saga.simulation.Database;
import dev.orderflow.saga.simulation.Mishap;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.transaction.support.TransactionTemplate;

/** The payment worker between a command side and a provider in memory. */
public final class PaymentModel {
  private final ProviderModel provider;
  private final CommandSideModel commandSide;
  private final PaymentRequests requests;
  private final PaymentWorker worker;
  private final TransactionTemplate transaction;

  /** With a provider whose books are empty. */
  public PaymentModel(CommandSideModel commandSide, Database database, Clock clock, Chance chance) {
    this.commandSide = commandSide;
    provider = new ProviderModel(chance);
    transaction = new TransactionTemplate(database);
    requests = new PaymentRequests(database.scheduler(), clock);
    worker = new PaymentWorker(new CommandSidePayments(commandSide, chance), provider);
  }

  /** Takes records. */
  public void take(List<EventMessage<?>> events) {
    transaction.executeWithoutResult(_ -> requests.store(events));
  }

  /** Does a task. */
  public void charge(PaymentRequestedEvent request) {
    attempt(worker::charge, request);
  }

  /** Does a task. */
  public void refund(RefundRequestedEvent request) {
    attempt(worker::refund, request);
  }

  private static <T> void attempt(Consumer<T> work, T request) {
    try {
      work.accept(request);
    } catch (PaymentWorker.NoAnswerException e) {
      throw new Mishap.Failure();
    }
  }

  /** Whether the provider answers nobody. */
  public void setProviderSilent(boolean silent) {
    provider.setSilent(silent);
  }

  /** The provider comes to a request that nobody waits for any more, if there is one. */
  public boolean providerGoesOn() {
    return provider.doLate();
  }

  /** So much later that the provider does not recognise a repetition any more. */
  public void providerForgetsKeys() {
    provider.forgetKeys();
  }

  /** Nothing was charged but what was asked for, and once; only cancelled orders get money back. */
  public void checkMoney() {
    for (var charge : provider.charges()) {
      var id = new PaymentId(charge.key());
      assertThat(commandSide.payments()).contains(id);
      assertThat(charge.amount()).isEqualTo(commandSide.amountOf(id));
    }
    assertThat(provider.charges().stream().map(ProviderModel.Charge::key))
        .as("charged once")
        .doesNotHaveDuplicates();
    for (var refunded : provider.refunds()) {
      assertThat(provider.hasCharged(refunded)).as("%s was charged", refunded).isTrue();
      assertThat(commandSide.statusOf(new PaymentId(refunded)))
          .isIn(PaymentStatus.REFUND_REQUESTED, PaymentStatus.REFUNDED);
    }
    assertThat(provider.refunds()).as("refunded once").doesNotHaveDuplicates();
    commandSide.orders().forEach(this::checkMoneyOf);
  }

  private void checkMoneyOf(OrderId order) {
    var key = PaymentId.of(order).value();
    switch (commandSide.statusOf(order)) {
      case CONFIRMED ->
          assertThat(provider.hasCharged(key) && !provider.refunds().contains(key))
              .as("the provider has the money of %s, which is confirmed", order)
              .isTrue();
      case PENDING ->
          assertThat(provider.refunds()).as("given back before the end").doesNotContain(key);
      case CANCELLED -> {}
    }
  }

  /** The money of confirmed orders is there, that of cancelled ones is not; the books agree. */
  public void checkMoneySettled() {
    for (var order : commandSide.orders()) {
      var payment = PaymentId.of(order);
      var key = payment.value();
      switch (commandSide.statusOf(payment)) {
        case SUCCEEDED, REFUNDED -> assertThat(provider.hasCharged(key)).isTrue();
        case FAILED -> assertThat(provider.hasCharged(key)).isFalse();
        case REQUESTED, REFUND_REQUESTED ->
            throw new AssertionError(payment + " is " + commandSide.statusOf(payment));
      }
      var confirmed = commandSide.statusOf(payment) == PaymentStatus.SUCCEEDED;
      assertThat(provider.hasCharged(key) && !provider.refunds().contains(key))
          .as("the provider has the money of %s", order)
          .isEqualTo(confirmed)
          .isEqualTo(commandSide.statusOf(order) == OrderStatus.CONFIRMED);
    }
  }

  private record CommandSidePayments(CommandSideModel commandSide, Chance chance)
      implements Payments {
    @Override
    public PaymentStatus statusOf(PaymentId paymentId) {
      return chance.call(() -> commandSide.statusOf(paymentId));
    }

    @Override
    public void complete(PaymentId paymentId, OrderId orderId, ChargeAnswer answer) {
      chance.run(() ->
          commandSide.handle(new CompletePayment(paymentId, answer.outcome(), answer.reason())));
    }

    @Override
    public void completeRefund(PaymentId paymentId) {
      chance.run(() -> commandSide.handle(new CompleteRefund(paymentId)));
    }
  }
}
