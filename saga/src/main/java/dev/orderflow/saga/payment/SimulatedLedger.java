package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.payment.PaymentOutcome;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The books of the simulated provider: the first answer under a key stands. */
@Component
class SimulatedLedger {
  private final JdbcClient jdbc;
  private final Clock clock;

  SimulatedLedger(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Books the answer, unless there is one. Returns the answer that stands. */
  ChargeAnswer charge(
      String idempotencyKey, Money amount, String paymentMethod, ChargeAnswer answer) {
    var booked =
        jdbc.sql(
                """
                INSERT INTO simulated_charge
                  (idempotency_key, amount, currency, payment_method, outcome, reason, charged_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                """)
            .param(idempotencyKey)
            .param(amount.amount())
            .param(amount.currency().getCurrencyCode())
            .param(paymentMethod)
            .param(answer.outcome().name())
            .param(answer.reason())
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    return booked == 1 ? answer : find(idempotencyKey).orElseThrow();
  }

  /** The answer that stands; empty when nothing is booked. */
  Optional<ChargeAnswer> find(String idempotencyKey) {
    return jdbc.sql("SELECT outcome, reason FROM simulated_charge WHERE idempotency_key = ?")
        .param(idempotencyKey)
        .query((row, _) ->
            new ChargeAnswer(
                PaymentOutcome.valueOf(row.getString("outcome")), row.getString("reason")))
        .optional();
  }

  /** Books that the money of a charge was given back, unless that is booked. */
  void refund(String idempotencyKey, String chargeKey) {
    jdbc.sql(
            """
            INSERT INTO simulated_refund (idempotency_key, charge_key, refunded_at)
            VALUES (?, ?, ?) ON CONFLICT DO NOTHING\
            """)
        .params(idempotencyKey, chargeKey, clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
