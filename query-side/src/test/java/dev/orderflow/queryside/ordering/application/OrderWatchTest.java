package dev.orderflow.queryside.ordering.application;

import static dev.orderflow.queryside.testing.Events.order;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import dev.orderflow.queryside.live.Changes;
import dev.orderflow.queryside.live.StreamProperties;
import dev.orderflow.queryside.live.WatchSubscriptions;
import dev.orderflow.queryside.ordering.model.Order;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.authentication.CredentialsExpiredException;

@Timeout(30)
class OrderWatchTest {
  private static final Order PENDING = order(placed("alice", 1));
  private static final Instant EXPIRY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Caller ALICE =
      new Caller(new UserId("alice"), Set.of(Scope.CUSTOMER), "token", EXPIRY);

  private Instant now = EXPIRY.minusNanos(1);

  @Test
  void a_stream_ends_when_the_token_of_its_reader_is_no_longer_valid() {
    var settings = new StreamProperties(Duration.ofMillis(10), 1, 1);
    var watch =
        new OrderWatch(
            _ -> {
              var found = Optional.of(PENDING);
              now = EXPIRY;
              return found;
            },
            new Changes(),
            new WatchSubscriptions(settings, new SimpleMeterRegistry()),
            settings,
            () -> now);
    var told = new ArrayList<Order>();

    assertThatThrownBy(() -> watch.open(ALICE, PENDING, 0).tell(told::add))
        .isInstanceOf(CredentialsExpiredException.class);

    assertThat(told).containsExactly(PENDING);
  }
}
