package dev.orderflow.queryside.catalog.jdbc;

import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.deactivated;
import static dev.orderflow.queryside.testing.Events.expired;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Events.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.catalog.model.Listing;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.paging.PageQueries;
import dev.orderflow.queryside.projection.Feeds;
import dev.orderflow.queryside.testing.CountedStatements;
import dev.orderflow.queryside.testing.Events;
import dev.orderflow.queryside.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ProductProjectionIT {
  private TestDatabase database;
  private DataSource dataSource;
  private CountedStatements statements;
  private JdbcTemplate jdbc;
  private TransactionTemplate transaction;
  private ProductViewTable table;
  private final SortedMap<String, Versioned<Product>> changed = new TreeMap<>();
  private ProductProjection projection;

  @BeforeEach
  void start() {
    database = new TestDatabase();
    statements = new CountedStatements(database.migrated());
    dataSource = statements;
    jdbc = new JdbcTemplate(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    var client = JdbcClient.create(dataSource);
    table = new ProductViewTable(client, new PageQueries(dataSource));
    projection =
        new ProductProjection(
            table, changed::putAll, new ChangeNotice(client), new SimpleMeterRegistry());
  }

  @Test
  void a_product_and_its_stock_are_one_row() {
    apply(created("A", 0), received("A", 0, 7), priced("A", 1, "60000.0", 2));

    assertThat(find("A"))
        .hasValue(
            new Product(
                new ProductId("A"),
                new Listing(
                    "Kettle A",
                    "Boils water",
                    new Money(new BigDecimal(60_000), Events.VND),
                    2,
                    true),
                7,
                3));
    assertThat(jdbc.queryForObject("SELECT version FROM product_view", Long.class)).isEqualTo(3);
  }

  @Test
  void stock_without_its_product_shows_nothing_until_the_product_comes() {
    apply(received("A", 0, 7));
    assertThat(find("A")).isEmpty();
    assertThat(table.read(List.of("A"))).containsEntry("A", Versioned.nothing(1));
    assertThat(table.page(ProductSearch.ALL, new PageRequest(10, "")).items()).isEmpty();

    apply(created("A", 0));
    assertThat(find("A")).map(Product::available).hasValue(7L);
  }

  @Test
  void the_caches_are_told_of_every_row_that_changes() {
    apply(created("A", 0), received("A", 0, 7), received("B", 0, 1));
    assertThat(changed)
        .containsExactly(
            Map.entry("A", new Versioned<>(2, find("A").orElseThrow())),
            Map.entry("B", Versioned.nothing(1)));

    changed.clear();
    apply(created("A", 0), received("B", 1, 1));
    assertThat(changed).containsExactly(Map.entry("B", Versioned.nothing(2)));
  }

  @Test
  void every_instance_is_told_of_a_row_that_has_changed_once_it_can_be_read() throws Exception {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("LISTEN orderflow_views");
      var notifications = connection.unwrap(PGConnection.class);
      transaction.executeWithoutResult(_ -> {
        take(List.of(created("A", 0), priced("B", 5, "60000", 2)));
        assertThat(told(notifications, 1)).as("before the commit").isEmpty();
      });

      assertThat(told(notifications, 10_000)).containsExactly("A");
    }
  }

  private static List<String> told(PGConnection connection, int waitMs) {
    try {
      var notifications = connection.getNotifications(waitMs);
      return notifications == null
          ? List.of()
          : Stream.of(notifications).map(PGNotification::getParameter).toList();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_batch_that_comes_again_changes_nothing() {
    var batch = new SequencedEvent[] {created("A", 0), received("A", 0, 7), created("B", 0)};
    apply(batch);
    var before = rows();

    apply(batch);

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void every_replay_builds_the_same_rows() {
    var product = List.of(created("A", 0), priced("A", 1, "60000", 2), deactivated("A", 2));
    var stock = List.of(received("A", 0, 7), received("A", 1, 8));
    product.forEach(this::apply);
    stock.forEach(this::apply);
    var first = rows();
    jdbc.update("DELETE FROM product_view");

    stock.forEach(this::apply);
    apply(product.toArray(SequencedEvent[]::new));

    assertThat(rows()).isEqualTo(first);
  }

  @Test
  void an_event_that_comes_too_early_leaves_nothing_to_see() {
    apply(priced("A", 1, "60000", 2), received("B", 3, 4));

    assertThat(table.page(ProductSearch.ALL, new PageRequest(10, "")).items()).isEmpty();
  }

  @Test
  void two_consumers_that_write_one_row_at_once_lose_nothing() throws Exception {
    apply(created("A", 0), received("A", 0, 7));

    var other = new CompletableFuture<Void>();
    transaction.executeWithoutResult(_ -> {
      take(List.of(priced("A", 1, "60000", 2)));
      applyElsewhere(received("A", 1, 8), other);
    });
    other.get(10, TimeUnit.SECONDS);

    var product = find("A").orElseThrow();
    assertThat(product.listing().priceVersion()).isEqualTo(2);
    assertThat(product.available()).isEqualTo(8);
    assertThat(product.version()).isEqualTo(4);
  }

  @Test
  void an_event_that_two_consumers_take_in_at_once_counts_once() throws Exception {
    apply(created("A", 0));

    var other = new CompletableFuture<Void>();
    transaction.executeWithoutResult(_ -> {
      take(List.of(priced("A", 1, "60000", 2), priced("A", 2, "70000", 3)));
      applyElsewhere(priced("A", 1, "60000", 2), other);
    });
    other.get(10, TimeUnit.SECONDS);

    assertThat(find("A").orElseThrow().listing().priceVersion()).isEqualTo(3);
    assertThat(find("A").orElseThrow().version()).isEqualTo(3);
  }

  @Test
  void a_batch_of_any_length_takes_three_statements_and_a_notice() {
    apply(created("A", 0), created("B", 0));
    statements.taken();

    apply(
        Stream.concat(
                IntStream.range(0, 500).mapToObj(number -> created("P" + number, 0)),
                IntStream.range(0, 500).mapToObj(number -> received("P" + number, 0, 1)))
            .toArray(SequencedEvent[]::new));
    assertThat(statements.taken()).hasSize(4);

    apply(priced("A", 1, "1", 2), priced("B", 1, "1", 2), deactivated("B", 2));
    assertThat(statements.taken()).hasSize(2);
  }

  @Test
  void stock_moves_and_expires_and_nothing_else_changes() {
    apply(created("A", 0), received("A", 0, 5));
    apply(expired("A", 1, 7), received("A", 2, 9));

    assertThat(find("A").orElseThrow().available()).isEqualTo(9);
    assertThat(find("A").orElseThrow().listing().name()).isEqualTo("Kettle A");
    assertThat(find("A").orElseThrow().version()).isEqualTo(4);
  }

  @Test
  void the_time_of_a_row_is_the_latest_of_its_events() {
    apply(created("A", 0), received("A", 0, 5), received("A", 1, 6));
    apply(priced("A", 1, "60000", 2));

    assertThat(jdbc.queryForObject("SELECT updated_at FROM product_view", OffsetDateTime.class))
        .isEqualTo(Events.at(1).atOffset(ZoneOffset.UTC));
  }

  @Test
  void no_product_begins_with_anything_but_its_creation() {
    assertThatThrownBy(() -> apply(priced("A", 0, "60000", 2)))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void two_consumers_that_make_one_row_at_once_lose_nothing() throws Exception {
    var other = new CompletableFuture<Void>();
    transaction.executeWithoutResult(_ -> {
      take(List.of(created("A", 0)));
      applyElsewhere(received("A", 0, 7), other);
    });
    other.get(10, TimeUnit.SECONDS);

    assertThat(find("A").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void the_pages_hold_every_product_once_by_id() {
    for (var id : List.of("b", "C", "a-1", "B", "a", "a.1")) {
      apply(created(id, 0));
    }

    var ids = new ArrayList<String>();
    var token = "";
    do {
      var page = table.page(ProductSearch.ALL, new PageRequest(2, token));
      page.items().forEach(product -> ids.add(product.productId().value()));
      token = page.nextToken();
    } while (token != null);

    assertThat(ids).containsExactly("B", "C", "a", "a-1", "a.1", "b");
  }

  @Test
  void a_page_token_that_is_not_ours_is_refused() {
    assertThatThrownBy(() -> table.page(ProductSearch.ALL, new PageRequest(2, "?")))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void quotes_are_judged_in_their_order() {
    apply(created("A", 0), priced("A", 1, "60000", 2), created("B", 0), deactivated("B", 1));

    assertThat(
            table.judge(
                List.of(
                    quote("B", "50000", 1),
                    quote("A", "50000", 1),
                    quote("A", "60000", 2),
                    quote("X", "1", 1))))
        .containsExactly(
            new PriceVerdict.Inactive(),
            new PriceVerdict.Changed(new Money(new BigDecimal(60_000), Events.VND), 2),
            new PriceVerdict.Ok(2),
            new PriceVerdict.Unknown());
  }

  /** In another transaction, which is there and waits for this one when this returns. */
  private void applyElsewhere(SequencedEvent event, CompletableFuture<Void> done) {
    Thread.startVirtualThread(() -> {
      try {
        apply(event);
        done.complete(null);
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    await().until(() -> database.waiting() == 1);
  }

  private static PriceQuote quote(String id, String price, long version) {
    return new PriceQuote(new ProductId(id), new BigDecimal(price), version);
  }

  private Optional<Product> find(String productId) {
    return table.read(List.of(productId)).get(productId).shown();
  }

  private void apply(SequencedEvent... events) {
    transaction.executeWithoutResult(_ -> take(List.of(events)));
  }

  private void take(List<SequencedEvent> events) {
    Feeds.takeAndTell(projection, events);
  }

  private List<String> rows() {
    return jdbc.queryForList(
        "SELECT p::text FROM product_view p ORDER BY product_id", String.class);
  }
}
