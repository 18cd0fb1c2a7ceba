package dev.orderflow.commandside.catalog.application;

import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.eventstore.AggregateType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregate of the catalog. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
  @Bean
  AggregateType<Product, CatalogCommand> productType() {
    return new AggregateType<>(
        Product.class,
        Product::new,
        CatalogCommand.class,
        command -> Product.streamId(command.productId()),
        command -> new Rejection.ProductNotFound(List.of(command.productId())),
        Product::state,
        new AggregateType.Snapshots<>(ProductState.class, Product::state),
        AggregateType.Topics.one(EventTopic.PRODUCTS));
  }
}
