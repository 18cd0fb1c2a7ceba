package dev.orderflow.commandside.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.testing.CommandTargets;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final Currency VND = Currency.getInstance("VND");
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final ProductCreatedEvent CREATED =
      new ProductCreatedEvent(
          KETTLE, "Ấm / Kettle", "", new BigDecimal("50000"), VND, 1, true, NOW);
  private static final ProductPriceChangedEvent PRICED_60000 =
      new ProductPriceChangedEvent(KETTLE, new BigDecimal("60000"), VND, 2, NOW);

  private AggregateTestFixture<Product> fixture;

  @BeforeEach
  void product() {
    fixture = new AggregateTestFixture<>(Product.class);
    fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    fixture.registerCommandTargetResolver(new CommandTargets());
  }

  private static CreateProduct create() {
    return new CreateProduct(KETTLE, "Ấm / Kettle", "", new Money(new BigDecimal("50000"), VND));
  }

  @Test
  void a_new_product_is_active_at_price_version_1() {
    fixture.givenNoPriorActivity().when(create()).expectEvents(CREATED);
  }

  @Test
  void a_product_that_was_created_inactive_can_be_activated() {
    var inactive =
        new ProductCreatedEvent(
            KETTLE, "Ấm / Kettle", "", new BigDecimal("50000"), VND, 1, false, NOW);

    fixture
        .given(inactive)
        .when(new ActivateProduct(KETTLE))
        .expectEvents(new ProductActivatedEvent(KETTLE, NOW));
  }

  @Test
  void every_answer_says_how_the_product_stands() {
    var created = ProductState.of(CREATED);
    var priced = created.withPrice(new Money(new BigDecimal("60000"), VND), 2);

    fixture.givenNoPriorActivity().when(create()).expectResultMessagePayload(created);
    product();
    fixture
        .given(CREATED)
        .when(new ChangePrice(KETTLE, new BigDecimal("60000"), null))
        .expectResultMessagePayload(priced);
    product();
    fixture
        .given(CREATED, PRICED_60000)
        .when(new DeactivateProduct(KETTLE))
        .expectResultMessagePayload(priced.withActive(false));
    product();
    fixture
        .given(CREATED, new ProductDeactivatedEvent(KETTLE, NOW))
        .when(new ActivateProduct(KETTLE))
        .expectResultMessagePayload(created.withActive(false).withActive(true));
  }

  @Test
  void every_change_is_a_revision() {
    var created = ProductState.of(CREATED);

    assertThat(created.revision()).isOne();
    assertThat(created.withActive(false).revision()).isEqualTo(2);
    assertThat(created.withPrice(created.price(), 2).revision()).isEqualTo(2);
  }

  @Test
  void the_stream_of_a_product_bears_its_id() {
    assertThat(Product.streamId(KETTLE)).isEqualTo("product-PROD-KETTLE");
  }

  @Test
  void an_id_names_one_product_only() {
    fixture
        .given(CREATED)
        .when(create())
        .expectException(Rejection.ProductAlreadyExists.class)
        .expectNoEvents();
  }

  @Test
  void a_price_change_raises_the_price_version() {
    fixture
        .given(CREATED)
        .when(new ChangePrice(KETTLE, new BigDecimal("60000"), null))
        .expectEvents(PRICED_60000);
  }

  @Test
  void the_same_price_again_changes_nothing() {
    fixture
        .given(CREATED, PRICED_60000)
        .when(new ChangePrice(KETTLE, new BigDecimal("60000.0"), null))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void a_price_change_on_the_version_that_was_seen_goes_through() {
    fixture
        .given(CREATED, PRICED_60000)
        .when(new ChangePrice(KETTLE, new BigDecimal("70000"), 2L))
        .expectEvents(new ProductPriceChangedEvent(KETTLE, new BigDecimal("70000"), VND, 3, NOW));
  }

  @Test
  void a_price_change_on_a_version_that_has_moved_is_rejected() {
    fixture
        .given(CREATED, PRICED_60000)
        .when(new ChangePrice(KETTLE, new BigDecimal("70000"), 1L))
        .expectException(Rejection.PriceVersionMoved.class)
        .expectNoEvents();
  }

  @Test
  void a_price_finer_than_the_currency_is_refused() {
    fixture
        .given(CREATED)
        .when(new ChangePrice(KETTLE, new BigDecimal("70000.5"), null))
        .expectException(InvalidValueException.class)
        .expectNoEvents();
  }

  @Test
  void a_price_of_an_unknown_product_cannot_be_changed() {
    fixture
        .givenNoPriorActivity()
        .when(new ChangePrice(KETTLE, new BigDecimal("1"), null))
        .expectException(AggregateNotFoundException.class);
  }

  @Test
  void an_active_product_can_be_taken_off_sale() {
    fixture
        .given(CREATED)
        .when(new DeactivateProduct(KETTLE))
        .expectEvents(new ProductDeactivatedEvent(KETTLE, NOW));
  }

  @Test
  void taking_off_sale_again_changes_nothing() {
    fixture
        .given(CREATED, new ProductDeactivatedEvent(KETTLE, NOW))
        .when(new DeactivateProduct(KETTLE))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void a_product_off_sale_can_be_put_on_sale() {
    fixture
        .given(CREATED, new ProductDeactivatedEvent(KETTLE, NOW))
        .when(new ActivateProduct(KETTLE))
        .expectEvents(new ProductActivatedEvent(KETTLE, NOW));
  }

  @Test
  void putting_on_sale_again_changes_nothing() {
    fixture
        .given(CREATED)
        .when(new ActivateProduct(KETTLE))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }
}
