package dev.orderflow.commandside.ordering.grpc;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import dev.orderflow.commandside.ordering.application.PriceCheck;
import dev.orderflow.platform.grpc.Decimals;
import dev.orderflow.proto.catalog.v1.PriceVerdict;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc.ProductServiceBlockingStub;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionResponse;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the query side, in one call for all lines, within a deadline and behind a circuit breaker.
 */
@Component
final class GrpcPriceCheck implements PriceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcPriceCheck.class);

  private final ManagedChannel channel;
  private final ProductServiceBlockingStub products;
  private final CircuitBreaker circuitBreaker;
  private final Duration deadline;

  /**
   * @param deadline most that it may cost; past it the check is skipped
   * @param pause how long it is not asked at all after it kept failing
   */
  @ConfigurationProperties("orderflow.ordering.price-check")
  record PriceCheckProperties(
      @DefaultValue("150ms") Duration deadline, @DefaultValue("5s") Duration pause) {}

  GrpcPriceCheck(GrpcChannelFactory channels, PriceCheckProperties properties) {
    channel = channels.createChannel("query-side");
    products = ProductServiceGrpc.newBlockingStub(channel);
    deadline = properties.deadline();
    circuitBreaker =
        CircuitBreaker.of(
            "price-check",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(properties.pause())
                .permittedNumberOfCallsInHalfOpenState(2)
                .build());
  }

  @Override
  public List<Change> changes(List<OrderLine> lines) {
    try {
      return circuitBreaker.executeSupplier(() -> read(ask(lines), lines));
    } catch (StatusRuntimeException | CallNotPermittedException | InvalidValueException e) {
      LOG.debug("The admission check is skipped: {}", e.getMessage());
      // Left alone, gRPC pauses ever longer between attempts to connect, up to two minutes.
      channel.resetConnectBackoff();
      return List.of();
    }
  }

  /** An answer that cannot be understood is none. */
  private static List<Change> read(
      ValidatePriceWithVersionResponse response, List<OrderLine> lines) {
    if (response.getResultsCount() != lines.size()) {
      throw new InvalidValueException("results", "must be one for each item");
    }
    var changes = new ArrayList<Change>();
    for (var i = 0; i < lines.size(); i++) {
      var verdict = response.getResults(i);
      if (!verdict.getProductId().equals(lines.get(i).productId().value())) {
        throw new InvalidValueException("productId", "must be that of the item");
      }
      if (verdict.hasChanged() && isNewer(verdict, lines.get(i))) {
        changes.add(change(verdict, lines.get(i)));
      }
    }
    return changes;
  }

  private ValidatePriceWithVersionResponse ask(List<OrderLine> lines) {
    var request = ValidatePriceWithVersionRequest.newBuilder();
    for (var line : lines) {
      request
          .addItemsBuilder()
          .setProductId(line.productId().value())
          .setExpectedPrice(line.expectedPrice().toPlainString())
          .setPriceVersion(line.priceVersion());
    }
    // With a deadline of its own: a caller who gives up says nothing about the query side.
    var ownContext = Context.current().fork();
    var callers = ownContext.attach();
    try {
      return products
          .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
          .validatePriceWithVersion(request.build());
    } finally {
      ownContext.detach(callers);
    }
  }

  /** The view may lag behind the client; only a newer version than the client's is certain. */
  private static boolean isNewer(PriceVerdict verdict, OrderLine line) {
    return verdict.getChanged().getCurrentVersion() > line.priceVersion();
  }

  private static Change change(PriceVerdict verdict, OrderLine line) {
    return new Change(
        line.productId(),
        line.expectedPrice(),
        line.priceVersion(),
        Decimals.read("currentPrice", verdict.getChanged().getCurrentPrice()),
        verdict.getChanged().getCurrentVersion());
  }
}
