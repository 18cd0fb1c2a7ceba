package dev.orderflow.commandside.catalog.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.CatalogCommand.ActivateProduct;
import dev.orderflow.api.catalog.CatalogCommand.ChangePrice;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.CatalogCommand.DeactivateProduct;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.rejection.Rejection;
import java.time.Clock;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A product and its price. */
public class Product {
  @AggregateIdentifier
  @SuppressWarnings("UnusedVariable") // Axon reads it.
  private @Nullable String streamId;

  private @Nullable ProductState state;

  /** Before its first event. */
  public Product() {}

  /** The name of a product's stream in the event store. */
  public static String streamId(ProductId productId) {
    return "product-" + productId.value();
  }

  /**
   * The product that a caller names.
   *
   * @throws Rejection.ProductNotFound when no product can have the name
   */
  public static ProductId named(String productId) throws Rejection {
    try {
      return new ProductId(productId);
    } catch (InvalidValueException _) {
      throw new Rejection.ProductNotFound(List.of());
    }
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ProductState create(CreateProduct command, Clock clock) throws Rejection {
    if (state != null) {
      throw new Rejection.ProductAlreadyExists(command.productId());
    }
    apply(
        new ProductCreatedEvent(
            command.productId(),
            command.name(),
            command.description(),
            command.price().amount(),
            command.price().currency(),
            1,
            true,
            clock.instant()));
    return state();
  }

  @CommandHandler
  ProductState changePrice(ChangePrice command, Clock clock) throws Rejection {
    var seen = command.ifPriceVersion();
    if (seen != null && seen != state().priceVersion()) {
      throw new Rejection.PriceVersionMoved(command.productId(), state().priceVersion());
    }
    var price = new Money(command.price(), state().price().currency());
    if (!price.equals(state().price())) {
      apply(
          new ProductPriceChangedEvent(
              command.productId(),
              price.amount(),
              price.currency(),
              state().priceVersion() + 1,
              clock.instant()));
    }
    return state();
  }

  @CommandHandler
  ProductState activate(ActivateProduct command, Clock clock) {
    if (!state().active()) {
      apply(new ProductActivatedEvent(command.productId(), clock.instant()));
    }
    return state();
  }

  @CommandHandler
  ProductState deactivate(DeactivateProduct command, Clock clock) {
    if (state().active()) {
      apply(new ProductDeactivatedEvent(command.productId(), clock.instant()));
    }
    return state();
  }

  @EventSourcingHandler
  void on(ProductUpdatedEvent event) {
    switch (event) {
      case ProductCreatedEvent created -> {
        streamId = streamId(created.productId());
        state = ProductState.of(created);
      }
      case ProductPriceChangedEvent changed ->
          state =
              state()
                  .withPrice(
                      new Money(changed.price(), changed.currency()), changed.priceVersion());
      case ProductActivatedEvent _ -> state = state().withActive(true);
      case ProductDeactivatedEvent _ -> state = state().withActive(false);
    }
  }

  @EventSourcingHandler
  void on(ProductState snapshot) {
    streamId = streamId(snapshot.productId());
    state = snapshot;
  }

  /** How it stands. */
  public ProductState state() {
    if (state == null) {
      throw new IllegalStateException("not created yet");
    }
    return state;
  }
}
