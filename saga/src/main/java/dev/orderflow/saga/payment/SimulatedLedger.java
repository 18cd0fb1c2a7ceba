package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.platform.postgres.TextArray;
import dev.orderflow.saga.attempts.Batcher;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The books of the simulated provider: the first answer under a key stands. Many questions at once
 * are one statement.
 */
final class SimulatedLedger {
  /**
   * Finds the answers that were booked before, and returns those that it books now: no row is both.
   */
  private static final String FIND_OR_BOOK =
      """
      WITH entry AS (
        SELECT DISTINCT ON (key) *
        FROM unnest(?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[])
          WITH ORDINALITY AS entry (key, amount, currency, method, outcome, reason, place)
        WHERE outcome IS NOT NULL ORDER BY key, place),
      booked AS (
        INSERT INTO simulated_charge
          (idempotency_key, amount, currency, payment_method, outcome, reason, charged_at)
        SELECT key, amount, currency, method, outcome, reason, ? FROM entry
        ON CONFLICT DO NOTHING RETURNING idempotency_key, outcome, reason)
      SELECT * FROM booked
      UNION ALL
      SELECT idempotency_key, outcome, reason FROM simulated_charge
      WHERE idempotency_key = ANY (?)\
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Executor executor;
  private final Batcher<Entry, Optional<ChargeAnswer>> entries;

  /**
   * A charge.
   *
   * @param answer to be booked unless there is one; null when it is only asked for
   */
  private record Entry(String key, Money amount, String method, @Nullable ChargeAnswer answer) {}

  /**
   * @param executor on which the books are read and written
   */
  SimulatedLedger(JdbcClient jdbc, Clock clock, Executor executor) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.executor = executor;
    this.entries = new Batcher<>(this::findOrBook, executor);
  }

  /** Books the answer, unless there is one. Gives the answer that stands. */
  CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, String paymentMethod, ChargeAnswer answer) {
    return entries
        .add(new Entry(idempotencyKey, amount, paymentMethod, answer))
        // Booked by others at this very moment: the next look finds it.
        .thenCompose(booked ->
            booked
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> charge(idempotencyKey, amount, paymentMethod, answer)));
  }

  /** The answer that stands; empty when nothing is booked. */
  CompletableFuture<Optional<ChargeAnswer>> find(
      String idempotencyKey, Money amount, String paymentMethod) {
    return entries.add(new Entry(idempotencyKey, amount, paymentMethod, null));
  }

  private List<Optional<ChargeAnswer>> findOrBook(List<Entry> asked) {
    Map<String, ChargeAnswer> standing = new HashMap<>();
    jdbc.sql(FIND_OR_BOOK)
        .param(TextArray.of(asked, Entry::key))
        .param(TextArray.of(asked, entry -> entry.amount().amount().toPlainString()))
        .param(TextArray.of(asked, entry -> entry.amount().currency().getCurrencyCode()))
        .param(TextArray.of(asked, Entry::method))
        .param(
            TextArray.of(
                asked, entry -> entry.answer() == null ? null : entry.answer().outcome().name()))
        .param(
            TextArray.of(asked, entry -> entry.answer() == null ? null : entry.answer().reason()))
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(asked.stream().map(Entry::key).distinct().toArray(String[]::new))
        .query(row -> {
          standing.put(
              row.getString("idempotency_key"),
              new ChargeAnswer(
                  PaymentOutcome.valueOf(row.getString("outcome")), row.getString("reason")));
        });
    return asked.stream().map(entry -> Optional.ofNullable(standing.get(entry.key()))).toList();
  }

  /** Books that the money of a charge was given back, unless that is booked. */
  CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
    return CompletableFuture.runAsync(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO simulated_refund (idempotency_key, charge_key, refunded_at)
                    VALUES (?, ?, ?) ON CONFLICT DO NOTHING\
                    """)
                .params(idempotencyKey, chargeKey, clock.instant().atOffset(ZoneOffset.UTC))
                .update(),
        executor);
  }
}
