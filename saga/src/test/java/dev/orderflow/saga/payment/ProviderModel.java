package dev.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.saga.simulation.Chance;
import dev.orderflow.saga.simulation.Coverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider that answers, declines, errs, keeps silent, moves money and loses the answer, or moves
 * it when the worker no longer waits. For a time it knows every key again.
 */
final class ProviderModel implements PaymentProvider {
  private final Map<String, ChargeAnswer> charged = new HashMap<>();
  private final Map<String, String> refunded = new HashMap<>();
  private final List<Charge> charges = new ArrayList<>();
  private final List<String> refunds = new ArrayList<>();
  private final List<Late<?>> late = new ArrayList<>();
  private final Chance chance;
  private boolean silent;
  private boolean waitedFor = true;

  /** A request to which the provider comes later, and who waits for its answer. */
  private record Late<T>(String key, Supplier<T> work, CompletableFuture<T> answer) {
    void run() {
      var value = work.get();
      answer.complete(value);
    }
  }

  /** Money that was taken. */
  record Charge(String key, Money amount) {}

  ProviderModel(Chance chance) {
    this.chance = chance;
  }

  @Override
  public CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
    assertThat(refunded).as("keys of refunds").doesNotContainKey(idempotencyKey);
    if (charged.containsKey(idempotencyKey)) {
      chance.saw(Coverage.ASKED_AGAIN);
    }
    return answer(idempotencyKey, () -> book(idempotencyKey, amount));
  }

  private ChargeAnswer book(String key, Money amount) {
    return charged.computeIfAbsent(
        key,
        _ -> {
          if (chance.oneIn(4)) {
            return ChargeAnswer.failed("card_declined");
          }
          charges.add(new Charge(key, amount));
          return ChargeAnswer.success();
        });
  }

  @Override
  public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
    assertThat(charged).as("keys of charges").doesNotContainKey(idempotencyKey);
    return answer(
        idempotencyKey,
        () -> {
          if (refunded.putIfAbsent(idempotencyKey, chargeKey) == null) {
            refunds.add(chargeKey);
          }
          return null;
        });
  }

  private <T> CompletableFuture<T> answer(String key, Supplier<T> work) {
    chance.between();
    if (silent) {
      return noAnswer();
    }
    return switch (chance.below(16)) {
      case 11, 12 -> {
        var request = new Late<>(key, work, new CompletableFuture<T>());
        late.add(request);
        if (!waitedFor) {
          request.answer().completeExceptionally(new TimeoutException());
        }
        yield request.answer();
      }
      case 13 -> {
        var _ = work.get();
        chance.saw(Coverage.ANSWER_LOST);
        yield noAnswer();
      }
      case 14 -> noAnswer();
      case 15 -> CompletableFuture.failedFuture(new IllegalStateException("busy"));
      default -> {
        var answer = work.get();
        chance.between();
        yield CompletableFuture.completedFuture(answer);
      }
    };
  }

  /** As a time limit ends it. */
  private static <T> CompletableFuture<T> noAnswer() {
    return CompletableFuture.failedFuture(new TimeoutException());
  }

  void setSilent(boolean silent) {
    this.silent = silent;
  }

  /** Whether those who ask wait for what comes later. Returns whether they did before. */
  boolean setWaitedFor(boolean now) {
    var before = waitedFor;
    waitedFor = now;
    return before;
  }

  /** The worker no longer waits for what it asked for under this key. */
  void timeOut(String key) {
    for (var request : List.copyOf(late)) {
      if (request.key().equals(key) || request.key().equals(key + "-refund")) {
        request.answer().completeExceptionally(new TimeoutException());
      }
    }
  }

  /** Those who wait have died. */
  void forgetCallers() {
    late.replaceAll(ProviderModel::withoutCaller);
  }

  private static <T> Late<T> withoutCaller(Late<T> request) {
    return new Late<>(
        request.key(), request.work(), CompletableFuture.failedFuture(new TimeoutException()));
  }

  boolean doLate() {
    if (late.isEmpty()) {
      return false;
    }
    var next = late.removeFirst();
    if (next.answer().isDone()) {
      chance.saw(Coverage.LATE_ANSWER);
    }
    next.run();
    return true;
  }

  void forgetKeys() {
    assertThat(late).isEmpty();
    charged.clear();
    refunded.clear();
  }

  /** Every time that money was taken. */
  List<Charge> charges() {
    return charges;
  }

  /** The charge of every time that money was given back. */
  List<String> refunds() {
    return refunds;
  }

  boolean hasCharged(String key) {
    return charges.stream().anyMatch(charge -> charge.key().equals(key));
  }
}
