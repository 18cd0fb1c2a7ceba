package dev.orderflow.platform.error;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.rejection.Rejection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * What a caller is told when a call fails, before it takes the form of one surface.
 *
 * @param detail for a person; holds nothing personal and nothing internal
 * @param violations the fields that break a rule; empty unless the request is at fault
 * @param changes the prices that have changed; empty unless that is the failure
 * @param shortages the products that are short; empty unless that is the failure
 */
public record Failure(
    ErrorCode code,
    String detail,
    List<FieldViolation> violations,
    List<Rejection.PriceChanged.Change> changes,
    List<Rejection.InsufficientStock.Shortage> shortages) {
  /** After how many seconds an unavailable service is worth another try. */
  public static final int RETRY_AFTER_SECONDS = 1;

  private static final String IDEMPOTENCY_KEY_FIELD = "version";

  /** Without details of any kind. */
  public static Failure of(ErrorCode code, String detail) {
    return new Failure(code, detail, List.of(), List.of(), List.of());
  }

  /** What a caller is told when the fault is ours. */
  public static Failure bug() {
    return of(ErrorCode.INTERNAL, "This is a bug of ours; it has been logged.");
  }

  /** A request of which one part breaks a rule. */
  public static Failure invalid(String field, String message) {
    return invalid(ErrorCode.VALIDATION_FAILED, List.of(new FieldViolation(field, message)));
  }

  /** A request that breaks rules of its form. */
  public static Failure invalid(ErrorCode code, List<FieldViolation> violations) {
    var detail =
        String.join("; ", violations.stream().map(v -> v.field() + " " + v.message()).toList());
    return new Failure(code, detail, violations, List.of(), List.of());
  }

  /** What an exception means to the caller; what we do not know is a bug of ours. */
  public static Failure of(Throwable error) {
    return switch (error) {
      case Rejection rejection -> of(rejection);
      case InvalidRequestException invalid -> invalid(invalid.code(), invalid.violations());
      case InvalidValueException invalid ->
          invalid(
              invalid.field().equals(IDEMPOTENCY_KEY_FIELD)
                  ? ErrorCode.INVALID_IDEMPOTENCY_KEY
                  : ErrorCode.VALIDATION_FAILED,
              List.of(new FieldViolation(invalid.field(), invalid.remedy())));
      case NotFoundException missing -> of(missing.code(), textOf(missing));
      case UnavailableException unavailable -> of(ErrorCode.UNAVAILABLE, textOf(unavailable));
      case OverloadedException overloaded -> of(ErrorCode.RATE_LIMITED, textOf(overloaded));
      case CompletionException failed when failed.getCause() != null -> of(failed.getCause());
      case AuthenticationServiceException _ ->
          of(ErrorCode.UNAVAILABLE, "Your token cannot be checked at the moment; try again.");
      case AuthenticationException _ ->
          of(ErrorCode.UNAUTHENTICATED, "Send a valid token: Authorization: Bearer <token>.");
      case AccessDeniedException _ -> of(ErrorCode.FORBIDDEN, "Your token does not allow this.");
      default ->
          isOutage(error)
              ? of(ErrorCode.UNAVAILABLE, "A part of the platform does not answer; try again.")
              : bug();
    };
  }

  /** Whether the same request may succeed a moment later. */
  public boolean isTemporary() {
    return code == ErrorCode.UNAVAILABLE || code == ErrorCode.RATE_LIMITED;
  }

  /** How many single things are wrong. */
  int details() {
    return violations.size() + changes.size() + shortages.size();
  }

  /** The same, of which only the first things are told. */
  Failure withFirst(int most) {
    return new Failure(
        code, detail, first(most, violations), first(most, changes), first(most, shortages));
  }

  private static <T> List<T> first(int most, List<T> all) {
    return all.subList(0, Math.min(most, all.size()));
  }

  private static Failure of(Rejection rejection) {
    var detail = textOf(rejection);
    return switch (rejection) {
      case Rejection.ProductNotFound _ -> of(ErrorCode.PRODUCT_NOT_FOUND, detail);
      case Rejection.ProductAlreadyExists _ -> of(ErrorCode.PRODUCT_ALREADY_EXISTS, detail);
      case Rejection.ProductInactive _ -> of(ErrorCode.PRODUCT_INACTIVE, detail);
      case Rejection.CurrencyMismatch _ -> invalid("items", "must all have the same currency");
      case Rejection.PriceVersionMoved _ -> of(ErrorCode.PRECONDITION_FAILED, detail);
      case Rejection.PriceChanged changed ->
          new Failure(ErrorCode.PRICE_CHANGED, detail, List.of(), changed.changes(), List.of());
      case Rejection.InsufficientStock shortStock ->
          new Failure(
              ErrorCode.INSUFFICIENT_STOCK, detail, List.of(), List.of(), shortStock.shortages());
      case Rejection.ReservationNotFound _ -> of(ErrorCode.NOT_FOUND, detail);
      case Rejection.ReservationIdReused _ -> of(ErrorCode.IDEMPOTENCY_KEY_REUSED, detail);
      case Rejection.ReceiptKeyReused _ -> of(ErrorCode.IDEMPOTENCY_KEY_REUSED, detail);
      case Rejection.OrderNotFound _ -> of(ErrorCode.ORDER_NOT_FOUND, detail);
      case Rejection.OrderNotCancellable _, Rejection.PaymentNotFailed _ ->
          of(ErrorCode.ORDER_NOT_CANCELLABLE, detail);
      case Rejection.OrderNotCancelled _ -> of(ErrorCode.ORDER_NOT_CANCELLED, detail);
      case Rejection.OrderNotPaid _ -> of(ErrorCode.ORDER_NOT_PAID, detail);
      case Rejection.IdempotencyKeyReused _ -> of(ErrorCode.IDEMPOTENCY_KEY_REUSED, detail);
      case Rejection.TooManyOpenOrders _ -> of(ErrorCode.RATE_LIMITED, detail);
      case Rejection.PaymentNotFound _ -> of(ErrorCode.NOT_FOUND, detail);
    };
  }

  private static String textOf(Exception error) {
    return Objects.requireNonNullElse(error.getMessage(), "");
  }

  /** Whether a server that we need did not answer, somewhere down the chain of causes. */
  private static boolean isOutage(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException
          || cause instanceof SQLRecoverableException
          || cause instanceof SQLNonTransientConnectionException
          || cause instanceof TimeoutException
          || (cause instanceof SQLException sql && isOutage(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * PostgreSQL's classes 08 (connection), 25P0 (time-outs), 40 (rollback), 53, 55P03 (waited too
   * long for a lock), 57 and 58. The server always gives a state; without one the error is the
   * pool's, about a connection that is gone.
   */
  private static boolean isOutage(@Nullable String sqlState) {
    return sqlState == null || sqlState.matches("(08|25P|40|53|55P03|57|58).*");
  }
}
