package dev.orderflow.commandside.inventory.application;

import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.inventory.model.InventoryItemState;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregate of the inventory. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {
  @Bean
  AggregateType<InventoryItem, InventoryCommand> inventoryItemType() {
    return new AggregateType<>(
        InventoryItem.class,
        InventoryItem::new,
        InventoryCommand.class,
        command -> InventoryItem.streamId(command.productId()),
        command -> new Rejection.ProductNotFound(List.of(command.productId())),
        InventoryItem::levels,
        new AggregateType.Snapshots<>(InventoryItemState.class, InventoryItem::state),
        AggregateType.Topics.one(EventTopic.INVENTORY));
  }
}
