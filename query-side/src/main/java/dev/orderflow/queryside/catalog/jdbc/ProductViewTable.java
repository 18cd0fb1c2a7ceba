package dev.orderflow.queryside.catalog.jdbc;

import com.google.common.collect.Maps;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.catalog.application.ProductRows;
import dev.orderflow.queryside.catalog.model.Listing;
import dev.orderflow.queryside.catalog.model.ListingChange;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.paging.PageQueries;
import dev.orderflow.queryside.projection.Chain;
import dev.orderflow.queryside.projection.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The table {@code product_view}. */
@Repository
class ProductViewTable implements ViewSource<Product>, ProductRows {
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
    return Maps.transformValues(rows(NAME, productIds), ProductViewTable::versioned);
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
   * Takes in chains of different aggregates, each as far as its row does not know it: those of a
   * product and of its stock make one row.
   *
   * @param table the one to write to
   * @return the rows that were written, by id
   */
  Map<String, ProductState> take(String table, Collection<Chain> chains) {
    var whole = chains.stream().filter(Chain::isWhole).map(Chain::key).toList();
    if (!whole.isEmpty()) {
      // As long as nothing is taken in, a row shows nothing.
      jdbc.sql(
              "INSERT INTO %s (product_id) SELECT DISTINCT unnest(?) ORDER BY 1 ON CONFLICT DO NOTHING"
                  .formatted(table))
          .param(array(whole))
          .update();
    }
    var written = new HashMap<String, ProductState>();
    var listings = chains.stream().filter(ProductViewTable::isOfListing).map(Listed::of).toList();
    if (!listings.isEmpty()) {
      written.putAll(list(table, listings));
    }
    var stocks = chains.stream().filter(chain -> !isOfListing(chain)).toList();
    if (!stocks.isEmpty()) {
      written.putAll(stock(table, stocks));
    }
    return written;
  }

  private Map<String, ProductState> list(String table, List<Listed> listings) {
    return byId(
        """
        UPDATE %s AS view SET name = coalesce(row.name, view.name),
          description = coalesce(row.description, view.description),
          price = coalesce(row.price, view.price), currency = coalesce(row.currency, view.currency),
          price_version = coalesce(row.price_version, view.price_version),
          active = coalesce(row.active, view.active), product_sequence = row.last,
          updated_at = greatest(view.updated_at, row.updated_at)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS row (product_id, first, last, updated_at, name,
          description, price, currency, price_version, active)
        WHERE view.product_id = row.product_id
          AND view.product_sequence BETWEEN row.first - 1 AND row.last - 1
        RETURNING view.*\
        """
            .formatted(table),
        Columns.of(listings)
            .with("text", listed -> listed.chain().key())
            .with("bigint", listed -> listed.chain().first())
            .with("bigint", listed -> listed.chain().last())
            .with("timestamptz", listed -> latest(listed.chain()))
            .with("text", listed -> listed.change().name())
            .with("text", listed -> listed.change().description())
            .with("numeric", listed -> listed.price(Money::amount))
            .with("text", listed -> listed.price(price -> price.currency().getCurrencyCode()))
            .with("bigint", listed -> listed.change().priceVersion())
            .with("boolean", listed -> listed.change().active()));
  }

  private Map<String, ProductState> stock(String table, List<Chain> stocks) {
    return byId(
        """
        UPDATE %s AS view SET available = row.available, reserved = row.reserved, sold = row.sold,
          stock_sequence = row.last, updated_at = greatest(view.updated_at, row.updated_at)
        FROM unnest(?, ?, ?, ?, ?, ?, ?)
          AS row (product_id, first, last, updated_at, available, reserved, sold)
        WHERE view.product_id = row.product_id
          AND view.stock_sequence BETWEEN row.first - 1 AND row.last - 1
        RETURNING view.*\
        """
            .formatted(table),
        Columns.of(stocks)
            .with("text", Chain::key)
            .with("bigint", Chain::first)
            .with("bigint", Chain::last)
            .with("timestamptz", ProductViewTable::latest)
            .with("bigint", chain -> levels(chain).available())
            .with("bigint", chain -> levels(chain).reserved())
            .with("bigint", chain -> levels(chain).sold()));
  }

  private static StockLevels levels(Chain stock) {
    return stock.events(InventoryUpdatedEvent.class).getLast().levels();
  }

  /** The same whichever topic was read first; as fine as PostgreSQL keeps it. */
  private static String latest(Chain chain) {
    return chain.events(DomainEvent.class).stream()
        .map(event -> event.timestamp().truncatedTo(ChronoUnit.MICROS))
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .toString();
  }

  private static boolean isOfListing(Chain chain) {
    return chain.topic().equals(EventTopic.PRODUCTS);
  }

  /** The rows of these products that are there, by id. */
  Map<String, ProductState> rows(String table, Collection<String> productIds) {
    return byId(
        COLUMNS + table + " WHERE product_id = ANY (?)",
        Columns.of(productIds).with("text", productId -> productId));
  }

  private Map<String, ProductState> byId(String sql, Columns<?> columns) {
    return jdbc.sql(sql).params(columns.arrays()).query(ProductViewTable::state).list().stream()
        .collect(Collectors.toMap(state -> state.productId().value(), Function.identity()));
  }

  private record Listed(Chain chain, ListingChange change) {
    static Listed of(Chain chain) {
      return new Listed(chain, ListingChange.of(chain.events(ProductUpdatedEvent.class)));
    }

    @Nullable Object price(Function<Money, Object> part) {
      return change.price() == null ? null : part.apply(change.price());
    }
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
