package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregate of ordering, and what of it is shown. */
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
        Order::state,
        null,
        AggregateType.Topics.one(EventTopic.ORDERS));
  }

  @Bean
  Shown ordersShown(MeterValues meters) {
    return new Shown(
        List.of(),
        List.of(
            perMinute("placed", meters),
            perMinute("confirmed", meters),
            perMinute("cancelled", meters),
            new Series("placement.p99", "s", Together.MAX, meters.p99("orderflow.placement"))));
  }

  private static Series perMinute(String outcome, MeterValues meters) {
    return new Series(
        "orders." + outcome,
        "1/min",
        Together.SUM,
        meters.perMinute("orderflow.orders", "outcome", outcome));
  }
}
