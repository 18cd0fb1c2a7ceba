package dev.orderflow.saga.payment;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the simulated provider has answered about an order, and nothing of how it was paid. */
@Component
final class BookedPayments implements TimelineSource {
  private final JdbcClient jdbc;

  BookedPayments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Answer(String outcome) {}

  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    var payment = PaymentId.of(orderId).value();
    return jdbc.sql(
            """
            SELECT :charge AS name, outcome, charged_at AS answered_at
            FROM simulated_charge WHERE idempotency_key = :payment
            UNION ALL
            SELECT :refund, 'SUCCESS', refunded_at
            FROM simulated_refund WHERE idempotency_key = :payment || :suffix\
            """)
        .param("charge", ProviderCall.CHARGE.kind().name())
        .param("refund", ProviderCall.REFUND.kind().name())
        .param("payment", payment)
        .param("suffix", ProviderCall.REFUND_SUFFIX)
        .query((row, _) ->
            TimelineEntry.of(
                    Kind.PROVIDER,
                    row.getString("name"),
                    row.getObject("answered_at", OffsetDateTime.class).toInstant())
                .with(new Answer(row.getString("outcome"))))
        .list();
  }
}
