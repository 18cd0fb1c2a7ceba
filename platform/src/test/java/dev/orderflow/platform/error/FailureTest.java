package dev.orderflow.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.rejection.Rejection.InsufficientStock.Shortage;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import dev.orderflow.proto.catalog.v1.PriceChange;
import dev.orderflow.proto.inventory.v1.StockShortage;
import io.grpc.protobuf.StatusProto;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;

class FailureTest {
  private static final ProductId LAMP = new ProductId("PROD-LAMP");

  @ParameterizedTest
  @CsvSource({
    "MISSING_IDEMPOTENCY_KEY, 400, INVALID_ARGUMENT",
    "INVALID_IDEMPOTENCY_KEY, 400, INVALID_ARGUMENT",
    "VALIDATION_FAILED, 400, INVALID_ARGUMENT",
    "UNAUTHENTICATED, 401, UNAUTHENTICATED",
    "FORBIDDEN, 403, PERMISSION_DENIED",
    "PRODUCT_NOT_FOUND, 404, NOT_FOUND",
    "ORDER_NOT_FOUND, 404, NOT_FOUND",
    "NOT_FOUND, 404, NOT_FOUND",
    "PRICE_CHANGED, 409, FAILED_PRECONDITION",
    "INSUFFICIENT_STOCK, 409, FAILED_PRECONDITION",
    "PRODUCT_INACTIVE, 409, FAILED_PRECONDITION",
    "PRODUCT_ALREADY_EXISTS, 409, ALREADY_EXISTS",
    "ORDER_NOT_CANCELLABLE, 409, FAILED_PRECONDITION",
    "ORDER_NOT_PAID, 409, FAILED_PRECONDITION",
    "ORDER_NOT_CANCELLED, 409, FAILED_PRECONDITION",
    "PRECONDITION_FAILED, 412, ABORTED",
    "IDEMPOTENCY_KEY_REUSED, 422, ALREADY_EXISTS",
    "RATE_LIMITED, 429, RESOURCE_EXHAUSTED",
    "INTERNAL, 500, INTERNAL",
    "UNAVAILABLE, 503, UNAVAILABLE"
  })
  void a_code_looks_on_both_surfaces_as_documented(ErrorCode code, int http, String grpc)
      throws Exception {
    var failure = Failure.of(code, "detail");

    assertThat(Problems.answer(failure, "/orders").getStatusCode().value()).isEqualTo(http);
    assertThat(GrpcFailures.statusOf(failure).getStatus().getCode()).hasToString(grpc);
    assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo(code.name());
    assertThat(detail(failure, ErrorInfo.class).getDomain()).isEqualTo("orderflow.dev");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void a_problem_has_every_member_that_is_documented(ErrorCode code) {
    var problem = Problems.answer(Failure.of(code, "why"), "/orders/ORD-1").getBody();

    assertThat(problem).isNotNull();
    assertThat(problem.getType())
        .hasToString("https://orderflow.dev/problems/" + code.name().toLowerCase(Locale.ROOT));
    assertThat(problem.getTitle()).isEqualTo(code.title());
    assertThat(problem.getDetail()).isEqualTo("why");
    assertThat(problem.getInstance()).hasToString("/orders/ORD-1");
    assertThat(problem.getProperties()).containsEntry("code", code.name());
  }

  @Test
  void a_changed_price_is_shown_on_both_surfaces() throws Exception {
    var changes = List.of(new Change(LAMP, new BigDecimal("5"), 1, new BigDecimal("6"), 2));
    var failure = Failure.of(new Rejection.PriceChanged(changes));

    assertThat(Problems.answer(failure, "/").getBody().getProperties().get("changes"))
        .isEqualTo(changes);
    assertThat(detail(failure, PriceChange.class).getCurrentPrice()).isEqualTo("6");
    assertThat(detail(failure, PreconditionFailure.class).getViolations(0).getSubject())
        .isEqualTo("PROD-LAMP");
  }

  @Test
  void short_stock_is_shown_on_both_surfaces() throws Exception {
    var shortages = List.of(new Shortage(LAMP, 7, 6));
    var failure = Failure.of(new Rejection.InsufficientStock(shortages));

    assertThat(Problems.answer(failure, "/").getBody().getProperties().get("shortages"))
        .isEqualTo(shortages);
    assertThat(detail(failure, StockShortage.class).getAvailable()).isEqualTo(6);
  }

  @Test
  void a_broken_rule_names_its_field_on_both_surfaces() throws Exception {
    var failure = Failure.of(new InvalidValueException("quantity", "must be positive"));

    assertThat(Problems.answer(failure, "/").getBody().getProperties().get("violations"))
        .isEqualTo(List.of(new FieldViolation("quantity", "must be positive")));
    var violation = detail(failure, BadRequest.class).getFieldViolations(0);
    assertThat(violation.getField()).isEqualTo("quantity");
    assertThat(violation.getDescription()).isEqualTo("must be positive");
  }

  @Test
  void a_status_fits_into_the_trailers_of_common_clients_and_says_what_it_left_out()
      throws Exception {
    var longest = new ProductId("P".repeat(64));
    var changes =
        Collections.nCopies(
            50, new Change(longest, new BigDecimal("1e23"), 1, new BigDecimal("2e23"), 2));
    var shortages = Collections.nCopies(50, new Shortage(longest, 1_000_000_000, 0));
    var violations =
        Collections.nCopies(10_000, new FieldViolation("items[0].name", "ấ".repeat(200)));
    var failures =
        List.of(
            Failure.of(new Rejection.PriceChanged(changes)),
            Failure.of(new Rejection.InsufficientStock(shortages)),
            Failure.invalid(ErrorCode.VALIDATION_FAILED, violations));

    for (var failure : failures) {
      var status = StatusProto.fromThrowable(GrpcFailures.statusOf(failure));
      var size =
          Base64.getEncoder().encode(status.toByteArray()).length
              + URLEncoder.encode(status.getMessage(), StandardCharsets.UTF_8).length();
      assertThat(size).isLessThan(7_500);
    }
    assertThat(detail(failures.getFirst(), ErrorInfo.class).getMetadataOrThrow("omitted"))
        .isEqualTo(
            Integer.toString(
                50 - detail(failures.getFirst(), PreconditionFailure.class).getViolationsCount()));
    assertThat(detail(failures.getLast(), ErrorInfo.class).getMetadataOrThrow("omitted"))
        .isEqualTo(
            Integer.toString(
                10_000 - detail(failures.getLast(), BadRequest.class).getFieldViolationsCount()));
  }

  @Test
  void what_is_told_whole_omits_nothing() throws Exception {
    var failure = Failure.of(new Rejection.InsufficientStock(List.of(new Shortage(LAMP, 7, 6))));

    assertThat(detail(failure, ErrorInfo.class).getMetadataMap()).isEmpty();
  }

  @Test
  void a_caller_who_may_try_again_is_told_when() throws Exception {
    var failure = Failure.of(new UnavailableException("not now", null));

    assertThat(Problems.answer(failure, "/").getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
        .isEqualTo("1");
    assertThat(detail(failure, RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
  }

  @Test
  void a_server_that_does_not_answer_is_an_outage_not_a_bug() {
    assertThat(
            List.of(
                new DataAccessResourceFailureException("x", new SQLException("gone", "08006")),
                new IllegalStateException(new SQLTransientConnectionException("no connection")),
                new IllegalStateException(new SQLException("Connection is closed")),
                new IllegalStateException(new SQLException("shutting down", "57P01"))))
        .allMatch(error -> Failure.of(error).code() == ErrorCode.UNAVAILABLE);
  }

  @Test
  void what_we_do_not_know_is_a_bug_and_shows_nothing_of_itself() {
    var failure = Failure.of(new IllegalStateException("secret", new SQLException("x", "42P01")));

    assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(failure.detail()).doesNotContain("secret");
  }

  @Test
  void tokens_that_lack_or_do_not_allow_have_codes_of_their_own() {
    assertThat(Failure.of(new BadCredentialsException("x")).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(Failure.of(new AccessDeniedException("x")).code()).isEqualTo(ErrorCode.FORBIDDEN);
  }

  private static <T extends Message> T detail(Failure failure, Class<T> type)
      throws InvalidProtocolBufferException {
    for (var detail : StatusProto.fromThrowable(GrpcFailures.statusOf(failure)).getDetailsList()) {
      if (detail.is(type)) {
        return detail.unpack(type);
      }
    }
    throw new AssertionError("no detail " + type.getSimpleName());
  }
}
