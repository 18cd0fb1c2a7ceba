package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.platform.kafka.EventTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregate of ordering. */
@Configuration(proxyBeanMethods = false)
class OrderingConfiguration {
  @Bean
  AggregateType<Order, OrderCommand> orderType() {
    return new AggregateType<>(
        Order.class,
        Order::new,
        OrderCommand.class,
        command -> Order.streamId(command.orderId()),
        _ -> new Rejection.OrderNotFound(),
        null,
        AggregateType.Topics.one(EventTopic.ORDERS));
  }
}
