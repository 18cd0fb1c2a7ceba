package dev.orderflow.saga.payment;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.simulation.Chance;
import dev.orderflow.saga.simulation.CommandSideModel;
import dev.orderflow.saga.simulation.InjectedFault;
import dev.orderflow.saga.simulation.SimulatedCommandSender;
import dev.orderflow.saga.simulation.SimulatedDatabase;
import dev.orderflow.saga.tasks.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** The payment worker between a command side and a provider in memory. */
public final class PaymentModel {
  private static final int INSTANCES = 8;
  private static final int MANY = 1_000;

  private static final PaymentWorker.Repeated NONE_REPEATED =
      new PaymentWorker.Repeated() {
        @Override
        public <T extends PaymentEvent> Set<T> of(
            TaskKind<T> kind, Collection<T> requests, Function<T, @Nullable String> customerOf) {
          return Set.of();
        }
      };

  private final ProviderModel provider;
  private final CommandSideModel commandSide;
  private final SimulatedCommandSender sender;
  private final SimulatedDatabase database;
  private final TransactionTemplate transaction;
  private final Chance chance;

  /**
   * One for each depth: what happens in the middle of something happens on another instance. Tasks
   * are done by the last ones: what a poll of the first ones has under way may go on meanwhile,
   * when its instance was taken for dead.
   */
  private final List<PaymentWorker> workers = new ArrayList<>();

  private int depth;
  private @Nullable Throwable ending;

  /** With a provider whose books are empty. */
  public PaymentModel(
      CommandSideModel commandSide,
      SimulatedCommandSender sender,
      SimulatedDatabase database,
      Chance chance) {
    this.commandSide = commandSide;
    this.sender = sender;
    this.database = database;
    this.chance = chance;
    transaction = new TransactionTemplate(database);
    provider = new ProviderModel(chance);
    startWorkers();
  }

  private void startWorkers() {
    workers.clear();
    for (var i = 0; i < INSTANCES; i++) {
      workers.add(newWorker());
    }
  }

  private PaymentWorker newWorker() {
    return new PaymentWorker(
        payments -> noting(() -> chance.call(() -> find(payments))),
        new NotingProvider(),
        new NotingProvider(),
        NONE_REPEATED,
        this::record,
        _ -> false,
        new Attempts(() -> database, transaction, Duration.ZERO, MANY, Runnable::run),
        _ -> {},
        Traces.none());
  }

  private Map<PaymentId, KnownPayment> find(Collection<PaymentId> payments) {
    return payments.stream()
        .collect(
            toMap(
                identity(),
                id ->
                    new KnownPayment(
                        commandSide.statusOf(id), commandSide.amountOf(id), null, null)));
  }

  private CompletableFuture<Outcome> record(Command command) {
    return CompletableFuture.completedFuture(
        noting(() -> sender.execute(List.of(command)).getFirst()));
  }

  /** What ends a process or a test must not be taken for a failed attempt. */
  private <T> T noting(Supplier<T> call) {
    try {
      return call.get();
    } catch (InjectedFault.Crash | Error e) {
      ending = e;
      throw e;
    }
  }

  /** Takes records. */
  public void take(List<DomainEvent> events) {
    inAProcess(
        depth,
        worker -> {
          var before = provider.setWaitedFor(true);
          var changes = worker.handle(events);
          var _ = provider.setWaitedFor(before);
          endIfDecided();
          chance.between();
          transaction.executeWithoutResult(_ -> changes.write());
          changes.committed();
        });
  }

  /** Does a task. */
  public void charge(PaymentRequestedEvent request) {
    attempt(ProviderCall.CHARGE, request);
  }

  /** Does a task. */
  public void refund(RefundRequestedEvent request) {
    attempt(ProviderCall.REFUND, request);
  }

  private <T extends PaymentEvent> void attempt(ProviderCall<T> call, T request) {
    inAProcess(
        INSTANCES - 1 - depth,
        worker -> {
          if (chance.oneIn(2)) {
            provider.timeOut(request.paymentId().value());
          }
          var before = provider.setWaitedFor(false);
          try {
            worker.finish(call, request);
          } catch (InjectedFault mishap) {
            throw mishap;
          } catch (RuntimeException _) {
            endIfDecided();
            throw new InjectedFault.Failure();
          } finally {
            var _ = provider.setWaitedFor(before);
          }
        });
  }

  private void inAProcess(int instance, Consumer<PaymentWorker> work) {
    depth++;
    try {
      work.accept(workers.get(instance));
      endIfDecided();
    } catch (InjectedFault.Crash crash) {
      ending = null;
      provider.forgetCallers();
      startWorkers();
      throw crash;
    } finally {
      depth--;
    }
  }

  private void endIfDecided() {
    switch (ending) {
      case null -> {}
      case InjectedFault.Crash crash -> throw crash;
      case Error error -> throw error;
      default -> throw new IllegalStateException(ending);
    }
  }

  private final class NotingProvider implements PaymentProvider {
    @Override
    public CompletableFuture<ChargeAnswer> charge(
        String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
      return noting(() -> provider.charge(idempotencyKey, amount, paymentMethod));
    }

    @Override
    public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
      return noting(() -> provider.refund(idempotencyKey, chargeKey));
    }
  }

  /** Whether the provider answers no call. */
  public void setProviderSilent(boolean silent) {
    provider.setSilent(silent);
  }

  /** The provider comes to a request of which it has kept the answer waiting, if there is one. */
  public boolean providerGoesOn() {
    var goesOn = new boolean[1];
    inAProcess(depth, _ -> goesOn[0] = provider.doLate());
    return goesOn[0];
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
      if (!commandSide.isPaymentAskedFor(order)) {
        assertThat(commandSide.statusOf(order)).isEqualTo(OrderStatus.CANCELLED);
        continue;
      }
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
}
