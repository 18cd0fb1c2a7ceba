package dev.orderflow.queryside.catalog.jdbc;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.catalog.application.PriceCheck;
import dev.orderflow.queryside.catalog.application.ProductList;
import dev.orderflow.queryside.catalog.application.ProductStates;
import dev.orderflow.queryside.catalog.model.Listing;
import dev.orderflow.queryside.catalog.model.ListingChange;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.paging.Page;
import dev.orderflow.queryside.paging.PageQueries;
import dev.orderflow.queryside.paging.PageRequest;
import dev.orderflow.queryside.paging.PageToken;
import dev.orderflow.queryside.projection.Chain;
import dev.orderflow.queryside.projection.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
        .collect(
            Collectors.toMap(
                state -> state.productId().value(),
                state -> new Versioned<>(state.version(), state.shown().orElse(null))));
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
   * @return what the rows know that were written
   */
  List<Known> take(String table, List<Chain> chains) {
    var whole = chains.stream().filter(Chain::isWhole).map(Chain::key).toList();
    if (!whole.isEmpty()) {
      // As long as nothing is taken in, a row shows nothing.
      jdbc.sql(
              "INSERT INTO %s (product_id) SELECT DISTINCT unnest(?) ORDER BY 1 ON CONFLICT DO NOTHING"
                  .formatted(table))
          .param(array(whole))
          .update();
    }
    return chains.isEmpty() ? List.of() : update(table, ProductChange.of(chains));
  }

  private List<Known> update(String table, Collection<ProductChange> changes) {
    return jdbc.sql(
            """
            UPDATE %1$s AS view SET
              name = CASE WHEN %2$s THEN coalesce(row.name, view.name) ELSE view.name END,
              description = CASE WHEN %2$s THEN coalesce(row.description, view.description)
                ELSE view.description END,
              price = CASE WHEN %2$s THEN coalesce(row.price, view.price) ELSE view.price END,
              currency = CASE WHEN %2$s THEN coalesce(row.currency, view.currency)
                ELSE view.currency END,
              price_version = CASE WHEN %2$s THEN coalesce(row.price_version, view.price_version)
                ELSE view.price_version END,
              active = CASE WHEN %2$s THEN coalesce(row.active, view.active) ELSE view.active END,
              product_sequence = CASE WHEN %2$s THEN row.product_last
                ELSE view.product_sequence END,
              available = CASE WHEN %3$s THEN row.available ELSE view.available END,
              reserved = CASE WHEN %3$s THEN row.reserved ELSE view.reserved END,
              sold = CASE WHEN %3$s THEN row.sold ELSE view.sold END,
              stock_sequence = CASE WHEN %3$s THEN row.stock_last ELSE view.stock_sequence END,
              updated_at = greatest(view.updated_at, CASE WHEN %2$s THEN row.product_at END,
                CASE WHEN %3$s THEN row.stock_at END)
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS row (product_id,
              product_first, product_last, product_at, name, description, price, currency,
              price_version, active, stock_first, stock_last, stock_at, available, reserved, sold)
            WHERE view.product_id = row.product_id AND (%2$s OR %3$s)
            RETURNING view.product_id, view.product_sequence, view.stock_sequence\
            """
                .formatted(table, takes("product"), takes("stock")))
        .params(
            Columns.of(changes)
                .with("text", ProductChange::productId)
                .with("bigint", change -> of(change.listing(), Chain::first))
                .with("bigint", change -> of(change.listing(), Chain::last))
                .with("timestamptz", change -> of(change.listing(), ProductChange::latest))
                .with("text", change -> of(change.change(), ListingChange::name))
                .with("text", change -> of(change.change(), ListingChange::description))
                .with("numeric", change -> of(change.price(), Money::amount))
                .with("text", change -> of(change.price(), ProductViewTable::currency))
                .with("bigint", change -> of(change.change(), ListingChange::priceVersion))
                .with("boolean", change -> of(change.change(), ListingChange::active))
                .with("bigint", change -> of(change.stock(), Chain::first))
                .with("bigint", change -> of(change.stock(), Chain::last))
                .with("timestamptz", change -> of(change.stock(), ProductChange::latest))
                .with("bigint", change -> of(change.levels(), StockLevels::available))
                .with("bigint", change -> of(change.levels(), StockLevels::reserved))
                .with("bigint", change -> of(change.levels(), StockLevels::sold))
                .arrays())
        .query(ProductViewTable::known)
        .list();
  }

  /** Whether the chain of an aggregate goes on where the row is; false when there is none. */
  private static String takes(String aggregate) {
    return "coalesce(view.%1$s_sequence BETWEEN row.%1$s_first - 1 AND row.%1$s_last - 1, false)"
        .formatted(aggregate);
  }

  private static <T> @Nullable Object of(@Nullable T part, Function<T, @Nullable Object> value) {
    return part == null ? null : value.apply(part);
  }

  private static String currency(Money price) {
    return price.currency().getCurrencyCode();
  }

  /** What the rows of these products know, of those that are there. */
  List<Known> known(String table, Collection<String> productIds) {
    return jdbc.sql(
            "SELECT product_id, product_sequence, stock_sequence FROM %s WHERE product_id = ANY (?)"
                .formatted(table))
        .param(array(productIds))
        .query(ProductViewTable::known)
        .list();
  }

  /** The versions of the rows that another table says something else of, by id. */
  SortedMap<String, Long> corrected(String table) {
    var versions = new TreeMap<String, Long>();
    jdbc.sql(
            """
            SELECT built.product_id, built.version FROM %s built
              JOIN product_view served ON served.product_id = built.product_id
            WHERE served IS DISTINCT FROM built\
            """
                .formatted(table))
        .query(row -> {
          versions.put(row.getString("product_id"), row.getLong("version"));
        });
    return versions;
  }

  private static Known known(ResultSet row, int number) throws SQLException {
    return new Known(
        row.getString("product_id"),
        row.getLong("product_sequence"),
        row.getLong("stock_sequence"));
  }

  /** The last sequences that a row knows. */
  record Known(String productId, long productSequence, long stockSequence) {
    long version() {
      return productSequence - Chain.NOTHING + stockSequence - Chain.NOTHING;
    }

    long last(Chain chain) {
      return chain.topic().equals(EventTopic.PRODUCTS) ? productSequence : stockSequence;
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
