package dev.orderflow.commandside.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.catalog.CatalogCommand.ActivateProduct;
import dev.orderflow.api.catalog.CatalogCommand.ChangePrice;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.CatalogCommand.DeactivateProduct;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.testing.AggregateDriver;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** A product under any sequence of commands, step by step beside a plain model of it. */
class ProductPropertyTest {
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final String STREAM = Product.streamId(KETTLE);

  @Property(tries = 400)
  void a_product_keeps_its_rules(
      @ForAll @Size(max = 30) List<@From("commands") CatalogCommand> commands) {
    var product = new AggregateDriver<>(Product.class);
    ProductState model = null;
    for (var command : commands) {
      var before = product.events(STREAM);
      var refusal = refusalOf(model, command);

      var outcome = product.execute(command);

      var events = product.events(STREAM);
      var appended = events.subList(before.size(), events.size());
      if (refusal == null) {
        var changed = after(model, command);
        assertThat(appended).hasSize(changed.equals(model) ? 0 : 1);
        model = changed;
        assertThat(outcome.answer()).isEqualTo(model);
        assertThat(product.<ProductState>rebuilt(STREAM, Product::state)).isEqualTo(model);
      } else {
        assertThat(outcome.error()).isInstanceOf(refusal);
        assertThat(appended).isEmpty();
      }
      assertThat(events).hasSize(model == null ? 0 : Math.toIntExact(model.revision()));
      assertThatPricesAreCounted(events);
    }
  }

  private static void assertThatPricesAreCounted(List<DomainEvent> events) {
    var prices = events.stream().filter(ProductPropertyTest::isPrice).toList();
    assertThat(prices)
        .extracting(ProductPropertyTest::versionOf)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, prices.size()).boxed().toList());
    assertThat(prices.stream().map(ProductPropertyTest::currencyOf).distinct())
        .hasSizeLessThanOrEqualTo(1);
  }

  private static boolean isPrice(DomainEvent event) {
    return event instanceof ProductCreatedEvent || event instanceof ProductPriceChangedEvent;
  }

  private static long versionOf(DomainEvent event) {
    return event instanceof ProductPriceChangedEvent changed
        ? changed.priceVersion()
        : ((ProductCreatedEvent) event).priceVersion();
  }

  private static Currency currencyOf(DomainEvent event) {
    return event instanceof ProductPriceChangedEvent changed
        ? changed.currency()
        : ((ProductCreatedEvent) event).currency();
  }

  /** Null when the command goes through. */
  private static Class<? extends Exception> refusalOf(ProductState model, CatalogCommand command) {
    return switch (command) {
      case CreateProduct _ -> model == null ? null : Rejection.ProductAlreadyExists.class;
      case CatalogCommand _ when model == null -> AggregateNotFoundException.class;
      case ChangePrice change
          when change.ifPriceVersion() != null && change.ifPriceVersion() != model.priceVersion() ->
          Rejection.PriceVersionMoved.class;
      case ChangePrice change
          when change.price().stripTrailingZeros().scale()
              > model.price().currency().getDefaultFractionDigits() ->
          InvalidValueException.class;
      case ChangePrice _, ActivateProduct _, DeactivateProduct _ -> null;
    };
  }

  private static ProductState after(ProductState model, CatalogCommand command) {
    return switch (command) {
      case CreateProduct create ->
          new ProductState(KETTLE, create.name(), create.description(), create.price(), 1, true, 1);
      case ChangePrice change when change.price().compareTo(model.price().amount()) != 0 ->
          new ProductState(
              KETTLE,
              model.name(),
              model.description(),
              new Money(change.price(), model.price().currency()),
              model.priceVersion() + 1,
              model.active(),
              model.revision() + 1);
      case ChangePrice _ -> model;
      case ActivateProduct _ -> active(model, true);
      case DeactivateProduct _ -> active(model, false);
    };
  }

  private static ProductState active(ProductState model, boolean active) {
    return model.active() == active
        ? model
        : new ProductState(
            KETTLE,
            model.name(),
            model.description(),
            model.price(),
            model.priceVersion(),
            active,
            model.revision() + 1);
  }

  @Provide
  Arbitrary<CatalogCommand> commands() {
    var prices = Arbitraries.of("10", "10.0", "10.5", "20", "0.001").map(BigDecimal::new);
    var currencies = Arbitraries.of("VND", "EUR").map(Currency::getInstance);
    Arbitrary<CatalogCommand> create =
        Combinators.combine(Arbitraries.of("Kettle", "Ấm"), currencies)
            .as((name, currency) ->
                new CreateProduct(KETTLE, name, "", new Money(BigDecimal.TEN, currency)));
    Arbitrary<CatalogCommand> change =
        Combinators.combine(prices, Arbitraries.longs().between(1, 4).injectNull(0.6))
            .as((price, version) -> new ChangePrice(KETTLE, price, version));
    return Arbitraries.frequencyOf(
        Tuple.of(2, create),
        Tuple.of(6, change),
        Tuple.of(1, Arbitraries.just(new ActivateProduct(KETTLE))),
        Tuple.of(1, Arbitraries.just(new DeactivateProduct(KETTLE))));
  }
}
