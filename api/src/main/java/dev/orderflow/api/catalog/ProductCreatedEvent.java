package dev.orderflow.api.catalog;

import dev.orderflow.api.AddedIn;
import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * A product was put into the catalog.
 *
 * @param price in major units of the currency
 * @param priceVersion 1
 * @param active whether it can be ordered
 */
@EventRevision(2)
public record ProductCreatedEvent(
    ProductId productId,
    @Meaning(value = "What it is called.", min = 1, max = CreateProduct.MAX_NAME) String name,
    @Meaning(value = "What it is like.", max = CreateProduct.MAX_DESCRIPTION) String description,
    @Meaning("The price of one piece" + Money.IN_MAJOR_UNITS) BigDecimal price,
    @MeaningOf(Money.class) Currency currency,
    @Meaning(value = "Which price it is: 1 is the first, each change adds 1.", min = 1)
        long priceVersion,
    @Meaning("Whether it is on sale.") @AddedIn(revision = 2, before = "true") boolean active,
    Instant timestamp)
    implements ProductUpdatedEvent {}
