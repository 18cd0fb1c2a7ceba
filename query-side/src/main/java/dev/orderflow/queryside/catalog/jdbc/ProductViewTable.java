package dev.orderflow.queryside.catalog.jdbc;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.catalog.application.PriceCheck;
import dev.orderflow.queryside.catalog.application.ProductList;
import dev.orderflow.queryside.catalog.application.ProductStates;
import dev.orderflow.queryside.catalog.model.Listing;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.paging.PageQueries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The table {@code product_view}. */
@Repository
class ProductViewTable implements ViewSource<Product>, ProductList, ProductStates, PriceCheck {
  static final String NAME = "product_view";

  private static final String COLUMNS =
      """
      SELECT product_id, name, description, price, currency, price_version, active,
        available, reserved, sold, product_sequence, stock_sequence, updated_at
      FROM
      """;
  private static final String SELECT = COLUMNS + NAME + " ";

  private static final String BEHIND =
      "product_sequence >= 0 AND product_id > ? ORDER BY product_id LIMIT ?";

  /** The parameters are what is searched for, the last product of the page before, and the most. */
  static final String FIND = SELECT + "WHERE name_words(name) @@ name_search(?) AND " + BEHIND;

  private final JdbcClient jdbc;
  private final PageQueries pages;

  ProductViewTable(JdbcClient jdbc, PageQueries pages) {
    this.jdbc = jdbc;
    this.pages = pages;
  }

  @Override
  public Optional<ProductState> state(ProductId productId) {
    return jdbc.sql(SELECT + "WHERE product_id = ?")
        .param(productId.value())
        .query(ProductViewTable::state)
        .optional();
  }

  @Override
  public Map<String, Versioned<Product>> read(Collection<String> productIds) {
    return jdbc
        .sql(SELECT + "WHERE product_id = ANY (?)")
        .param(array(productIds))
        .query(ProductViewTable::state)
        .list()
        .stream()
        .collect(Collectors.toMap(state -> state.productId().value(), ProductViewTable::versioned));
  }

  /** As caches keep it. */
  static Versioned<Product> versioned(ProductState state) {
    return new Versioned<>(state.version(), state.shown().orElse(null));
  }

  @Override
  public Page<Product> page(ProductSearch search, PageRequest request) {
    var last = PageToken.read(request, ProductId::new);
    var query =
        search.equals(ProductSearch.ALL)
            ? pages.sql(SELECT + "WHERE " + BEHIND)
            : pages.sql(FIND).param(search.text());
    var found =
        query
            .param(last == null ? "" : last.value())
            .param(request.size() + 1)
            .query(ProductViewTable::state)
            .list()
            .stream()
            .flatMap(state -> state.shown().stream())
            .toList();
    return Page.of(found, request, product -> product.productId().value());
  }

  @Override
  public List<PriceVerdict> judge(List<PriceQuote> quotes) {
    var known = read(quotes.stream().map(quote -> quote.productId().value()).distinct().toList());
    return quotes.stream()
        .map(quote ->
            quote.judge(
                known.getOrDefault(quote.productId().value(), Versioned.nothing(0)).value()))
        .toList();
  }

  /**
   * The rows of these products, by id, held until the transaction ends: events of a product and of
   * its stock may arrive at two consumers at once. Makes those that are missing, for only a row
   * that exists can be held; as long as nothing is taken in, it shows nothing.
   *
   * @param generation the table with the rows
   */
  Map<String, ProductState> hold(String generation, SortedSet<String> productIds) {
    jdbc.sql(
            """
            INSERT INTO %s (product_id) SELECT unnest(?) ORDER BY 1
            ON CONFLICT DO NOTHING\
            """
                .formatted(generation))
        .param(array(productIds))
        .update();
    return jdbc
        .sql(COLUMNS + generation + " WHERE product_id = ANY (?) ORDER BY product_id FOR UPDATE")
        .param(array(productIds))
        .query(ProductViewTable::state)
        .list()
        .stream()
        .collect(Collectors.toMap(state -> state.productId().value(), Function.identity()));
  }

  /**
   * Writes rows that are held.
   *
   * @param generation the table to write to
   */
  void save(String generation, Collection<ProductState> states) {
    jdbc.sql(
            """
            UPDATE %s AS view SET name = row.name, description = row.description,
              price = row.price, currency = row.currency, price_version = row.price_version,
              active = row.active, available = row.available, reserved = row.reserved,
              sold = row.sold, product_sequence = row.product_sequence,
              stock_sequence = row.stock_sequence, updated_at = row.updated_at
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS row (product_id, name,
              description, price, currency, price_version, active, available, reserved, sold,
              product_sequence, stock_sequence, updated_at)
            WHERE view.product_id = row.product_id\
            """
                .formatted(generation))
        .param(column("text", states, state -> state.productId().value()))
        .param(listed("text", states, Listing::name))
        .param(listed("text", states, Listing::description))
        .param(listed("numeric", states, listing -> listing.price().amount()))
        .param(listed("text", states, listing -> listing.price().currency().getCurrencyCode()))
        .param(listed("bigint", states, Listing::priceVersion))
        .param(listed("boolean", states, Listing::active))
        .param(column("bigint", states, state -> state.stock().available()))
        .param(column("bigint", states, state -> state.stock().reserved()))
        .param(column("bigint", states, state -> state.stock().sold()))
        .param(column("bigint", states, ProductState::productSequence))
        .param(column("bigint", states, ProductState::stockSequence))
        .param(column("timestamptz", states, state -> state.updatedAt().toString()))
        .update();
  }

  private static SqlArrayValue column(
      String type,
      Collection<ProductState> states,
      Function<ProductState, @Nullable Object> value) {
    return new SqlArrayValue(type, states.stream().map(value).toArray());
  }

  private static SqlArrayValue listed(
      String type, Collection<ProductState> states, Function<Listing, Object> value) {
    return column(
        type, states, state -> state.listing() == null ? null : value.apply(state.listing()));
  }

  private static ProductState state(ResultSet row, int number) throws SQLException {
    var listed = row.getString("name") != null;
    return new ProductState(
        new ProductId(row.getString("product_id")),
        listed ? listing(row) : null,
        row.getLong("product_sequence"),
        new StockLevels(row.getLong("available"), row.getLong("reserved"), row.getLong("sold")),
        row.getLong("stock_sequence"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static Listing listing(ResultSet row) throws SQLException {
    return new Listing(
        row.getString("name"),
        row.getString("description"),
        new Money(row.getBigDecimal("price"), Money.currency(row.getString("currency"))),
        row.getLong("price_version"),
        row.getBoolean("active"));
  }

  private static SqlArrayValue array(Collection<String> values) {
    return new SqlArrayValue("text", values.toArray());
  }
}
