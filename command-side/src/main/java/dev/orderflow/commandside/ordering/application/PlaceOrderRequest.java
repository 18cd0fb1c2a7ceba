package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.TextRule;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.EmailAddress;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.error.RequestCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to place an order, as it came; every field may be missing. */
@MeaningOf(OrderPlacedEvent.class)
public record PlaceOrderRequest(
    @Nullable String version,
    @Nullable List<@Nullable Item> items,
    @Nullable String paymentMethod,
    @Meaning("Whom to write to; erased on demand.") @Nullable ContactData contact,
    @MeaningOf(Contact.class) @Nullable String locale) {
  private static final String KEY = "version";

  /** One line, as it came. */
  @MeaningOf(OrderLine.class)
  public record Item(
      @Nullable String productId,
      @Nullable Long quantity,
      @Nullable BigDecimal expectedPrice,
      @Nullable Long priceVersion) {}

  /** Personal data, as it came; its text form shows nothing. */
  @MeaningOf(Contact.class)
  public record ContactData(
      @Nullable String name, @Nullable String email, @Nullable String address) {
    @Override
    public String toString() {
      return "ContactData[personal data]";
    }
  }

  /** The same request with the key that came beside it, in a header. */
  public PlaceOrderRequest withKey(@Nullable String header) {
    if (header == null) {
      return this;
    }
    if (version != null && !version.equals(header)) {
      throw invalidKey("must be the same as in the header Idempotency-Key, or only in one of them");
    }
    return new PlaceOrderRequest(header, items, paymentMethod, contact, locale);
  }

  /**
   * Makes the command.
   *
   * @param maxPieces most pieces, over all lines
   * @throws InvalidRequestException names what breaks a rule
   * @throws InvalidValueException when the key does not have its form
   */
  PlaceOrder toCommand(UserId userId, long maxPieces) {
    var key = key(userId);
    var check = new RequestCheck();
    var lines = lines(check);
    if (lines.stream().mapToLong(line -> line.quantity().value()).sum() > maxPieces) {
      check.violated(
          "items", "must be at most %d pieces in all; place several orders".formatted(maxPieces));
    }
    if (contact != null) {
      check.optional("contact.email", contact.email(), EmailAddress::new);
    }
    var method = check.optional("paymentMethod", paymentMethod, PaymentMethod::new);
    return check.orThrow(() -> new PlaceOrder(userId, key, lines, method, contactOrNull()));
  }

  private IdempotencyKey key(UserId userId) {
    if (version == null || version.isBlank()) {
      throw new InvalidRequestException(
          ErrorCode.MISSING_IDEMPOTENCY_KEY,
          List.of(
              new FieldViolation(
                  KEY,
                  "is required, here or in the header Idempotency-Key:"
                      + " {userId}_{yyyyMMddHHmmss}_{random}")));
    }
    var key = new IdempotencyKey(version);
    if (!key.userId().equals(userId)) {
      throw invalidKey("must start with the user id of the caller");
    }
    return key;
  }

  private static InvalidRequestException invalidKey(String message) {
    return new InvalidRequestException(
        ErrorCode.INVALID_IDEMPOTENCY_KEY, List.of(new FieldViolation(KEY, message)));
  }

  private List<OrderLine> lines(RequestCheck check) {
    var lines = new ArrayList<OrderLine>();
    if (items == null || items.isEmpty() || items.size() > PlaceOrder.MAX_LINES) {
      check.violated("items", "must have 1 to " + PlaceOrder.MAX_LINES + " lines");
      return lines;
    }
    for (var i = 0; i < items.size(); i++) {
      var path = "items[" + i + "]";
      var line = check.required(path, items.get(i), item -> line(check, path, item));
      if (line != null) {
        line.ifPresent(lines::add);
      }
    }
    return lines;
  }

  private static Optional<OrderLine> line(RequestCheck check, String path, Item item) {
    var productId = check.required(path + ".productId", item.productId(), ProductId::new);
    var quantity = check.required(path + ".quantity", item.quantity(), Quantity::of);
    var price = check.required(path + ".expectedPrice", item.expectedPrice(), p -> p);
    var version = check.required(path + ".priceVersion", item.priceVersion(), v -> v);
    if (productId == null || quantity == null || price == null || version == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OrderLine(productId, quantity, price, version));
    } catch (InvalidValueException e) {
      check.violated(path + "." + e.field(), e.remedy());
      return Optional.empty();
    }
  }

  private @Nullable Contact contactOrNull() {
    return contact == null && locale == null
        ? null
        : new Contact(
            contact == null ? null : visible("contact.name", contact.name()),
            contact == null ? null : contact.email(),
            contact == null ? null : visible("contact.address", contact.address()),
            locale);
  }

  /** Refuses names and addresses without a visible character. Empty is the same as not given. */
  private static @Nullable String visible(String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      TextRule.requireVisible(field, text);
    }
    return text;
  }
}
