package dev.orderflow.platform.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.orderflow.proto.catalog.v1.PriceChange;
import dev.orderflow.proto.inventory.v1.StockShortage;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Failures as gRPC statuses with details, after Google's AIP-193. A status travels in the trailers
 * of its call, in base64 and with its text once more, and common clients break a connection whose
 * trailers exceed 8 KiB: so its size is bounded, and it says how many details were left out.
 */
public final class GrpcFailures {
  private static final String DOMAIN = "orderflow.dev";

  /** The key of {@code ErrorInfo.metadata} under which the number of missing details stands. */
  private static final String OMITTED = "omitted";

  private static final int MOST_BYTES = 4_096;
  private static final int MOST_BYTES_OF_TEXT = 512;
  private static final int MOST_DETAILS = 100;
  private static final String CUT = "...";

  private GrpcFailures() {}

  /** The status that a call fails with. */
  public static StatusException statusOf(Failure failure) {
    return StatusProto.toStatusException(messageOf(failure));
  }

  /** The status as a message: what became of one of several commands. */
  public static Status messageOf(Failure failure) {
    var details = Math.min(failure.details(), MOST_DETAILS);
    var status = messageOf(failure, details);
    while (status.getSerializedSize() > MOST_BYTES && details > 0) {
      details--;
      status = messageOf(failure, details);
    }
    return status;
  }

  private static Status messageOf(Failure whole, int details) {
    var failure = whole.withFirst(details);
    var status =
        Status.newBuilder()
            .setCode(codeOf(failure.code()).getNumber())
            .setMessage(cut(failure.detail()));
    var info = ErrorInfo.newBuilder().setReason(failure.code().name()).setDomain(DOMAIN);
    if (whole.details() > details) {
      info.putMetadata(OMITTED, Integer.toString(whole.details() - details));
    }
    status.addDetails(Any.pack(info.build()));
    switch (codeOf(failure.code())) {
      case INVALID_ARGUMENT -> status.addDetails(Any.pack(badRequest(failure)));
      case FAILED_PRECONDITION -> status.addDetails(Any.pack(precondition(failure)));
      default -> {}
    }
    switch (failure.code()) {
      case UNAVAILABLE, RATE_LIMITED -> status.addDetails(Any.pack(retryInfo()));
      default -> {}
    }
    for (var change : failure.changes()) {
      status.addDetails(
          Any.pack(
              PriceChange.newBuilder()
                  .setProductId(change.productId().value())
                  .setExpectedPrice(change.expectedPrice().toPlainString())
                  .setExpectedVersion(change.expectedVersion())
                  .setCurrentPrice(change.currentPrice().toPlainString())
                  .setCurrentVersion(change.currentVersion())
                  .build()));
    }
    for (var shortage : failure.shortages()) {
      status.addDetails(
          Any.pack(
              StockShortage.newBuilder()
                  .setProductId(shortage.productId().value())
                  .setRequested(shortage.requested())
                  .setAvailable(shortage.available())
                  .build()));
    }
    return status.build();
  }

  /** Ends between two characters. */
  private static String cut(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES_OF_TEXT) {
      return text;
    }
    var end = MOST_BYTES_OF_TEXT - CUT.length();
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8) + CUT;
  }

  private static Code codeOf(ErrorCode code) {
    return switch (code) {
      case MISSING_IDEMPOTENCY_KEY,
          INVALID_IDEMPOTENCY_KEY,
          VALIDATION_FAILED,
          NOT_ACCEPTABLE,
          URI_TOO_LONG,
          UNSUPPORTED_MEDIA_TYPE,
          HEADERS_TOO_LARGE ->
          Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case FORBIDDEN -> Code.PERMISSION_DENIED;
      case PRODUCT_NOT_FOUND, ORDER_NOT_FOUND, NOT_FOUND -> Code.NOT_FOUND;
      case METHOD_NOT_ALLOWED -> Code.UNIMPLEMENTED;
      case PRICE_CHANGED,
          INSUFFICIENT_STOCK,
          PRODUCT_INACTIVE,
          ORDER_NOT_CANCELLABLE,
          ORDER_NOT_PAID,
          ORDER_NOT_CANCELLED ->
          Code.FAILED_PRECONDITION;
      case PRODUCT_ALREADY_EXISTS, IDEMPOTENCY_KEY_REUSED -> Code.ALREADY_EXISTS;
      case PRECONDITION_FAILED -> Code.ABORTED;
      case CONTENT_TOO_LARGE, RATE_LIMITED -> Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Code.UNAVAILABLE;
      case INTERNAL -> Code.INTERNAL;
    };
  }

  private static BadRequest badRequest(Failure failure) {
    var details = BadRequest.newBuilder();
    for (var violation : failure.violations()) {
      details
          .addFieldViolationsBuilder()
          .setField(violation.field())
          .setDescription(violation.message());
    }
    return details.build();
  }

  private static PreconditionFailure precondition(Failure failure) {
    var details = PreconditionFailure.newBuilder();
    var type = failure.code().name();
    for (var change : failure.changes()) {
      details
          .addViolationsBuilder()
          .setType(type)
          .setSubject(change.productId().value())
          .setDescription(
              "price %s, version %d"
                  .formatted(change.currentPrice().toPlainString(), change.currentVersion()));
    }
    for (var shortage : failure.shortages()) {
      details
          .addViolationsBuilder()
          .setType(type)
          .setSubject(shortage.productId().value())
          .setDescription(
              "requested %d, available %d".formatted(shortage.requested(), shortage.available()));
    }
    if (details.getViolationsCount() == 0) {
      details.addViolationsBuilder().setType(type).setDescription(failure.detail());
    }
    return details.build();
  }

  private static RetryInfo retryInfo() {
    return RetryInfo.newBuilder()
        .setRetryDelay(Duration.newBuilder().setSeconds(Failure.RETRY_AFTER_SECONDS))
        .build();
  }
}
