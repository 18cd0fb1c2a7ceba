package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Account;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private static final Optional<Account> ANYBODY = Optional.empty();
  private static final Optional<Account> ALICE = caller("alice");
  private static final Optional<Account> BOB = caller("bob");
  private static final Watchable<String> UNCHANGING =
      new Watchable<>("A", Optional::empty, _ -> 1, _ -> false, Duration.ofHours(1));

  private final Changes changes = new Changes();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WatchSubscriptions streams =
      new WatchSubscriptions(new StreamProperties(Duration.ofHours(1), 3, 2), meters);

  @Test
  void a_caller_who_has_too_many_open_gets_no_other_one_until_one_ends() throws Exception {
    var first = open(ALICE);
    open(ALICE);

    assertThatThrownBy(() -> open(ALICE))
        .isInstanceOf(OverloadedException.class)
        .hasMessage("You have too many streams under way at once; wait for some to end.");
    open(BOB);
    end(first);
    open(ALICE);

    assertThat(openNow()).isEqualTo(3);
  }

  @Test
  void an_instance_that_has_too_many_open_opens_no_other_one_until_one_ends() throws Exception {
    var first = open(ANYBODY);
    open(ANYBODY);
    open(ANYBODY);

    assertThatThrownBy(() -> open(ANYBODY)).isInstanceOf(OverloadedException.class);
    assertThatThrownBy(() -> open(ALICE)).isInstanceOf(OverloadedException.class);
    assertThatThrownBy(() -> open(ALICE)).isInstanceOf(OverloadedException.class);
    end(first);
    end(open(ALICE));
    end(open(ALICE));
    open(ALICE);

    assertThat(openNow()).isEqualTo(3);
  }

  private WatchSubscription<String> open(Optional<Account> caller) {
    return streams.open(caller, changes, UNCHANGING, "state", 0);
  }

  private static void end(WatchSubscription<String> stream) throws Exception {
    stream.end();
    stream.tell(_ -> {});
  }

  private double openNow() {
    return meters.get("orderflow.streams.open").gauge().value();
  }

  private static Optional<Account> caller(String name) {
    return Optional.of(new Account(name));
  }
}
