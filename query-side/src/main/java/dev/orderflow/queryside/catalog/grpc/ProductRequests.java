package dev.orderflow.queryside.catalog.grpc;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Reads requests about several products, and names every field that breaks its rule:
 * InvalidRequestException.
 */
final class ProductRequests {
  private static final int MAX_ITEMS = 100;
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,24}(\\.\\d{1,18})?");

  private ProductRequests() {}

  static List<ProductId> idsOf(BatchGetProductsRequest request) {
    return each(
            "productIds",
            request.getProductIdsCount(),
            index -> new ProductId(request.getProductIds(index)))
        .stream()
        .distinct()
        .toList();
  }

  static List<PriceQuote> quotesOf(ValidatePriceWithVersionRequest request) {
    return each(
        "items",
        request.getItemsCount(),
        index -> {
          var item = request.getItems(index);
          return new PriceQuote(
              new ProductId(item.getProductId()),
              amount(item.getExpectedPrice()),
              version(item.getPriceVersion()));
        });
  }

  private static <T> List<T> each(String field, int count, IntFunction<T> read) {
    if (count < 1 || count > MAX_ITEMS) {
      throw invalid(List.of(new FieldViolation(field, "must have 1 to " + MAX_ITEMS + " entries")));
    }
    var values = new ArrayList<T>(count);
    var violations = new ArrayList<FieldViolation>();
    for (var index = 0; index < count; index++) {
      try {
        values.add(read.apply(index));
      } catch (InvalidValueException e) {
        violations.add(
            new FieldViolation("%s[%d].%s".formatted(field, index, e.field()), e.remedy()));
      }
    }
    if (!violations.isEmpty()) {
      throw invalid(violations);
    }
    return values;
  }

  private static BigDecimal amount(String text) {
    if (!AMOUNT.matcher(text).matches()) {
      throw new InvalidValueException("expectedPrice", "must be a decimal amount such as 12.50");
    }
    return new BigDecimal(text);
  }

  private static long version(long value) {
    if (value < 1) {
      throw new InvalidValueException("priceVersion", "must be at least 1");
    }
    return value;
  }

  private static InvalidRequestException invalid(List<FieldViolation> violations) {
    return new InvalidRequestException(ErrorCode.VALIDATION_FAILED, violations);
  }
}
