package dev.orderflow.commandside.catalog.application;

import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.error.RequestCheck;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to put a product into the catalog, as it came; every field may be missing.
 *
 * @param productId null lets us choose
 */
@MeaningOf(ProductCreatedEvent.class)
public record CreateProductRequest(
    @Nullable String productId,
    @Nullable String name,
    @Nullable String description,
    @Nullable BigDecimal price,
    @Nullable String currency) {
  CreateProduct toCommand() {
    var check = new RequestCheck();
    var id =
        productId == null
            ? new ProductId("PROD-" + UUID.randomUUID())
            : check.required("productId", productId, ProductId::new);
    var checkedName = check.required("name", name, text -> text);
    var checkedCurrency = check.required("currency", currency, Money::currency);
    var checkedPrice =
        checkedCurrency == null
            ? null
            : check.required("price", price, amount -> new Money(amount, checkedCurrency));
    return check.orThrow(() ->
        new CreateProduct(
            Objects.requireNonNull(id),
            Objects.requireNonNull(checkedName),
            Objects.requireNonNullElse(description, ""),
            Objects.requireNonNull(checkedPrice)));
  }
}
