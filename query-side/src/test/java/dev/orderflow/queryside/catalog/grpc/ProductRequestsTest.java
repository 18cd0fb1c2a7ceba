package dev.orderflow.queryside.catalog.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.PriceQuote;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductRequestsTest {
  @Test
  void repeated_ids_count_once() {
    assertThat(ProductRequests.idsOf(ids(List.of("B", "A", "B"))))
        .containsExactly(new ProductId("B"), new ProductId("A"));
  }

  @Test
  void no_ids_and_too_many_are_refused() {
    assertThat(fieldsOf(() -> ProductRequests.idsOf(ids(List.of())))).containsExactly("productIds");
    assertThat(fieldsOf(() -> ProductRequests.idsOf(ids(Collections.nCopies(101, "A")))))
        .containsExactly("productIds");
    assertThat(ProductRequests.idsOf(ids(Collections.nCopies(100, "A")))).hasSize(1);
  }

  @Test
  void every_field_that_breaks_its_rule_is_named() {
    var request =
        ValidatePriceWithVersionRequest.newBuilder()
            .addItems(quote("A", "12.50", 1))
            .addItems(quote("not an id", "12.50", 1))
            .addItems(quote("A", "12.50", 0))
            .build();

    assertThat(fieldsOf(() -> ProductRequests.quotesOf(request)))
        .containsExactly("items[1].productId", "items[2].priceVersion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1e9", "12,5", "1.", ".5", "NaN", "1000000000000000000000000000"})
  void what_is_no_plain_decimal_amount_is_refused(String amount) {
    var request =
        ValidatePriceWithVersionRequest.newBuilder().addItems(quote("A", amount, 1)).build();

    assertThat(fieldsOf(() -> ProductRequests.quotesOf(request)))
        .containsExactly("items[0].expectedPrice");
  }

  private static List<String> fieldsOf(ThrowingCallable call) {
    var violations = new ArrayList<FieldViolation>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> violations.addAll(e.violations()));
    return violations.stream().map(FieldViolation::field).toList();
  }

  private static BatchGetProductsRequest ids(List<String> ids) {
    return BatchGetProductsRequest.newBuilder().addAllProductIds(ids).build();
  }

  private static PriceQuote quote(String id, String price, long version) {
    return PriceQuote.newBuilder()
        .setProductId(id)
        .setExpectedPrice(price)
        .setPriceVersion(version)
        .build();
  }
}
