package dev.orderflow.commandside.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.commandside.ordering.application.PlacedOrder;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.voucher.VoucherCommand;
import dev.orderflow.voucher.VoucherCommand.ChangeVoucherAndThrow;
import dev.orderflow.voucher.VoucherCommand.IssueVoucher;
import dev.orderflow.voucher.VoucherCommand.RedeemVoucher;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is decided together is decided as if alone, and committed together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandGroupsIT {
  private static final Currency VND = Currency.getInstance("VND");

  private final Groups groups = new Groups(2);

  @AfterAll
  void close() {
    groups.close();
  }

  @Test
  void a_command_that_throws_takes_nobody_with_it_and_is_not_remembered() {
    var good = issued();
    var bad = issued();

    var outcomes =
        groups.decide(
            0,
            List.of(
                new RedeemVoucher(good),
                new ChangeVoucherAndThrow(bad),
                new RedeemVoucher(bad),
                new RedeemVoucher(good)));

    assertThat(outcomes.get(0)).isEqualTo("redeemed 1 times");
    assertThat(outcomes.get(1)).isInstanceOf(IllegalStateException.class);
    assertThat(outcomes.get(2)).isEqualTo("redeemed 1 times");
    assertThat(outcomes.get(3)).isEqualTo("redeemed 2 times");
    assertThat(groups.decide(0, List.of(new RedeemVoucher(bad))))
        .containsExactly("redeemed 2 times");
    assertThat(groups.decide(1, List.of(new RedeemVoucher(good))))
        .containsExactly("redeemed 3 times");
    assertThat(groups.events("voucher-" + bad)).hasSize(3);
  }

  @Test
  void what_a_failed_group_has_changed_is_forgotten_before_another_instance_takes_its_place() {
    var code = issued();
    var _ = groups.decide(0, List.of(new RedeemVoucher(code)));

    var _ = groups.decide(0, List.of(new ChangeVoucherAndThrow(code)));
    assertThat(groups.decide(1, List.of(new RedeemVoucher(code))))
        .containsExactly("redeemed 2 times");

    assertThat(groups.decide(0, List.of(new RedeemVoucher(code))))
        .containsExactly("redeemed 3 times");
  }

  @Test
  void a_rejection_undoes_nothing_of_its_group() {
    var code = issued();

    var outcomes =
        groups.decide(
            0,
            List.of(
                new RedeemVoucher(code), new RedeemVoucher("unknown"), new RedeemVoucher(code)));

    assertThat(outcomes.get(0)).isEqualTo("redeemed 1 times");
    assertThat(outcomes.get(1)).isInstanceOf(dev.orderflow.api.rejection.Rejection.class);
    assertThat(outcomes.get(2)).isEqualTo("redeemed 2 times");
    assertThat(groups.events("voucher-" + code)).hasSize(3);
  }

  @Test
  void a_twin_in_the_same_group_is_answered_with_the_order() {
    var product = product(1);
    var order = order(product);

    var outcomes = groups.decide(0, List.of(order, order));

    assertThat(((PlacedOrder) outcomes.get(0)).replayed()).isFalse();
    assertThat(((PlacedOrder) outcomes.get(1)).replayed()).isTrue();
    assertThat(groups.events("order-" + order.orderId())).hasSize(1);
    assertThat(((PlacedOrder) groups.decide(1, List.of(order)).getFirst()).replayed()).isTrue();
  }

  @Test
  void the_last_piece_is_sold_once_in_a_group() {
    var product = product(1);

    var outcomes = groups.decide(0, List.of(order(product), order(product)));

    assertThat(outcomes.get(0)).isInstanceOf(PlacedOrder.class);
    assertThat(outcomes.get(1))
        .isInstanceOf(dev.orderflow.api.rejection.Rejection.InsufficientStock.class);
  }

  @Test
  void an_order_is_placed_paid_and_confirmed_in_one_group() {
    var product = product(1);
    var order = order(product);
    var id = order.orderId();

    var outcomes =
        groups.decide(
            0,
            List.of(
                order,
                new RequestPayment(id, new Money(BigDecimal.TEN, VND), null),
                new CompletePayment(PaymentId.of(id), PaymentOutcome.SUCCESS, null),
                new ConfirmOrder(id)));

    assertThat(((OrderState) outcomes.getLast()).status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(groups.payloads("stock-" + product).map(event -> event.getClass().getSimpleName()))
        .containsExactly("StockReceivedEvent", "StockReservedEvent", "StockCommittedEvent");
  }

  @Test
  void commands_on_more_streams_than_there_are_locks_are_all_decided() {
    var commands =
        IntStream.range(0, 4_000)
            .<VoucherCommand>mapToObj(_ -> new IssueVoucher(UUID.randomUUID().toString(), 1))
            .toList();

    assertThat(groups.decide(0, commands)).containsOnly("issued");
  }

  @Test
  void an_order_whose_history_cannot_be_read_fails_alone() throws SQLException {
    var product = product(2);
    var unreadable = order(product).orderId();
    append("order-" + unreadable, "com.example.FromALaterReleaseEvent");

    var outcomes = groups.decide(0, List.of(new ConfirmOrder(unreadable), order(product)));

    assertThat(outcomes.get(0)).isInstanceOf(RuntimeException.class);
    assertThat(outcomes.get(1)).isInstanceOf(PlacedOrder.class);
  }

  private void append(String stream, String type) throws SQLException {
    try (var connection = groups.database().dataSource().getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type,
                    payload_type, payload_revision, payload, metadata, recorded_at)
                VALUES (?, ?, 0, 'Order', ?, '1', '{}', '{}', '2024-12-01T14:30:22Z')\
                """)) {
      insert.setString(1, UUID.randomUUID().toString());
      insert.setString(2, stream);
      insert.setString(3, type);
      assertThat(insert.executeUpdate()).isOne();
    }
  }

  @Test
  void a_place_that_a_writer_without_lock_has_taken_is_found_out_and_fails_alone()
      throws SQLException {
    var taken = issued();
    var free = issued();
    try (var connection = groups.database().dataSource().getConnection()) {
      occupyNextPlace(connection, "voucher-" + taken);

      var outcomes = groups.decide(0, List.of(new RedeemVoucher(taken), new RedeemVoucher(free)));

      assertThat(outcomes.get(0)).isInstanceOf(UnavailableException.class);
      assertThat(outcomes.get(1)).isEqualTo("redeemed 1 times");
      connection.rollback();
    }
    assertThat(groups.decide(0, List.of(new RedeemVoucher(taken))))
        .containsExactly("redeemed 1 times");
  }

  private static void occupyNextPlace(Connection connection, String stream) throws SQLException {
    connection.setAutoCommit(false);
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type, payload_type,
                payload_revision, payload, metadata, recorded_at)
            SELECT 'taken', aggregate_id, sequence_number + 1, type, payload_type,
                payload_revision, payload, metadata, recorded_at
            FROM domain_event WHERE aggregate_id = ?\
            """)) {
      insert.setString(1, stream);
      assertThat(insert.executeUpdate()).isOne();
    }
  }

  private String issued() {
    var code = UUID.randomUUID().toString();
    assertThat(groups.decide(0, List.of(new IssueVoucher(code, 1)))).containsExactly("issued");
    return code;
  }

  private ProductId product(int stock) {
    var id = new ProductId("PROD-" + UUID.randomUUID());
    var _ =
        groups.decide(
            1,
            List.of(
                new CreateProduct(id, "Kettle", "", new Money(BigDecimal.TEN, VND)),
                new ReceiveStock(id, new Quantity(stock))));
    return id;
  }

  private static PlaceOrder order(ProductId product) {
    var user = new UserId("alice");
    var key = new IdempotencyKey("alice_20241201143022_" + UUID.randomUUID());
    return new PlaceOrder(
        user, key, List.of(new OrderLine(product, new Quantity(1), BigDecimal.TEN, 1)), null, null);
  }
}
