package dev.orderflow.commandside.payment.application;

import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.payment.model.Payment;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregate of payments. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {
  @Bean
  AggregateType<Payment, PaymentCommand> paymentType() {
    return new AggregateType<>(
        Payment.class,
        Payment::new,
        PaymentCommand.class,
        command -> Payment.streamId(command.paymentId()),
        _ -> new Rejection.PaymentNotFound(),
        Payment::state,
        null,
        new AggregateType.Topics(
            Set.of(EventTopic.PAYMENTS, EventTopic.PAYMENT_OUTCOMES),
            event ->
                event.equals(PaymentCompletedEvent.class.getName())
                    ? EventTopic.PAYMENT_OUTCOMES
                    : EventTopic.PAYMENTS,
            id -> new PaymentId(id).orderId().value()));
  }
}
