package dev.orderflow.commandside.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.CatalogCommand.ActivateProduct;
import dev.orderflow.api.catalog.CatalogCommand.ChangePrice;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.CatalogCommand.DeactivateProduct;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.voucher.VoucherCommand.ChangeVoucherAndThrow;
import dev.orderflow.voucher.VoucherCommand.IssueVoucher;
import dev.orderflow.voucher.VoucherCommand.RedeemVoucher;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Commands are decided in groups of any sizes by two instances in turns, and one by one by another
 * instance on another database: every outcome and every stream is the same.
 */
class GroupingPropertyIT {
  private static final Currency VND = Currency.getInstance("VND");
  private static final int PRODUCTS = 2;
  private static final int ORDERS = 5;

  private static final Groups GROUPED = new Groups(2);
  private static final Groups ALONE = new Groups(1);

  @AfterContainer
  static void close() {
    GROUPED.close();
    ALONE.close();
  }

  /**
   * A command of some kind, about one of a few things.
   *
   * @param endsGroup whether the next command begins another group, on the other instance
   */
  record Step(int kind, int product, int order, int amount, boolean endsGroup) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 31),
            Arbitraries.integers().between(0, PRODUCTS - 1),
            Arbitraries.integers().between(0, ORDERS - 1),
            Arbitraries.integers().between(1, 2),
            Arbitraries.integers().between(0, 5).map(it -> it == 0))
        .as(Step::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(60);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void whatever_the_grouping_the_outcomes_and_the_streams_are_the_same(
      @ForAll("steps") List<Step> steps) {
    var simulation = new Simulation(UUID.randomUUID().toString());
    var commands =
        Stream.concat(simulation.stocked(), steps.stream().map(simulation::command)).toList();

    var alone = commands.stream().map(command -> ALONE.decide(0, List.of(command)).getFirst());
    var grouped = grouped(commands, steps, simulation.stocked().count());

    assertThat(grouped.stream().map(GroupingPropertyIT::shown))
        .containsExactlyElementsOf(alone.map(GroupingPropertyIT::shown).toList());
    for (var stream : simulation.streams()) {
      assertThat(shown(GROUPED.payloads(stream)))
          .as(stream)
          .isEqualTo(shown(ALONE.payloads(stream)));
    }
  }

  private static List<Object> grouped(List<?> commands, List<Step> steps, long first) {
    var outcomes = new ArrayList<Object>();
    var group = new ArrayList<Object>();
    var instance = 0;
    for (var i = 0; i < commands.size(); i++) {
      group.add(commands.get(i));
      if (i < first || steps.get((int) (i - first)).endsGroup()) {
        outcomes.addAll(GROUPED.decide(instance, group));
        group.clear();
        instance = 1 - instance;
      }
    }
    outcomes.addAll(GROUPED.decide(instance, group));
    return outcomes;
  }

  private static String shown(Object outcome) {
    return switch (outcome) {
      case Rejection rejection -> rejection.getClass() + ": " + rejection.getMessage();
      case Throwable failure -> failure.getClass().toString();
      default -> withoutTimes(outcome);
    };
  }

  private static List<String> shown(Stream<Object> events) {
    return events.map(GroupingPropertyIT::withoutTimes).toList();
  }

  private static String withoutTimes(Object value) {
    return value.toString().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "then");
  }

  /** The things of one try. */
  private record Simulation(String id) {
    ProductId product(int number) {
      return new ProductId("P" + number + "-" + id);
    }

    PlaceOrder order(Step step) {
      var user = new UserId("alice");
      var lines = new ArrayList<OrderLine>();
      for (var i = 0; i <= step.order() % PRODUCTS; i++) {
        lines.add(new OrderLine(product(i), new Quantity(step.amount()), BigDecimal.TEN, 1));
      }
      return new PlaceOrder(user, key(step.order()), lines, null, null);
    }

    private IdempotencyKey key(int order) {
      return new IdempotencyKey("alice_20241201143022_" + order + id);
    }

    OrderId orderId(int order) {
      return OrderId.of(new UserId("alice"), key(order));
    }

    Stream<Object> stocked() {
      return Stream.of(0, 1)
          .flatMap(number ->
              Stream.of(
                  new CreateProduct(product(number), "Kettle", "", new Money(BigDecimal.TEN, VND)),
                  new ReceiveStock(product(number), new Quantity(4))));
    }

    Object command(Step step) {
      var order = orderId(step.order());
      var payment = PaymentId.of(order);
      var product = product(step.product());
      return switch (step.kind()) {
        case 0 -> new ChangePrice(product, BigDecimal.valueOf(9 + step.amount()), null);
        case 1 -> new DeactivateProduct(product);
        case 2 -> new ActivateProduct(product);
        case 3 -> new ReceiveStock(product, new Quantity(step.amount()));
        case 4 -> new CommitStock(product, ReservationId.of(order));
        case 5 -> new ReleaseStock(product, ReservationId.of(order));
        case 6 -> new RequestRefund(payment);
        case 7 -> new IssueVoucher(id, 1);
        case 8 -> new RedeemVoucher(id);
        case 9 -> new ChangeVoucherAndThrow(id);
        case 10, 11, 12 -> new CancelOrder(order, CancelReason.values()[step.amount()]);
        case 13, 14, 15, 16 -> new ConfirmOrder(order);
        case 17, 18, 19, 20 -> new RequestPayment(order, new Money(BigDecimal.TEN, VND), null);
        case 21, 22, 23 -> new CompletePayment(payment, PaymentOutcome.SUCCESS, null);
        case 24 -> new CompletePayment(payment, PaymentOutcome.FAILED, "declined");
        default -> order(step);
      };
    }

    List<String> streams() {
      var streams = new ArrayList<String>();
      for (var number = 0; number < PRODUCTS; number++) {
        streams.add("product-" + product(number));
        streams.add("stock-" + product(number));
      }
      for (var order = 0; order < ORDERS; order++) {
        streams.add("order-" + orderId(order));
        streams.add("payment-" + PaymentId.of(orderId(order)));
      }
      streams.add("voucher-" + id);
      return streams;
    }
  }
}
