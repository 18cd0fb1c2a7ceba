package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private static final Optional<Caller> ANYBODY = Optional.empty();
  private static final Optional<Caller> ALICE = caller("alice");
  private static final Optional<Caller> BOB = caller("bob");

  private final Changes changes = new Changes();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Streams streams =
      new Streams(new StreamProperties(Duration.ofHours(1), 3, 2), meters);

  @Test
  void a_caller_who_has_too_many_open_gets_no_other_one_until_one_ends() throws Exception {
    var first = open(ALICE);
    open(ALICE);

    assertThatThrownBy(() -> open(ALICE))
        .isInstanceOf(OverloadedException.class)
        .hasMessage("You have 2 streams open; end one first.");
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

  private OpenStream<String> open(Optional<Caller> caller) {
    return streams.open(caller, changes, new Unchanging(), "state", 0);
  }

  private static void end(OpenStream<String> stream) throws Exception {
    stream.end();
    stream.tell(_ -> {});
  }

  private double openNow() {
    return meters.get("orderflow.streams.open").gauge().value();
  }

  private static Optional<Caller> caller(String name) {
    return Optional.of(new Caller(new UserId(name), Set.of(Scope.CUSTOMER), "token", Instant.MAX));
  }

  private record Unchanging() implements Followed<String> {
    @Override
    public String key() {
      return "A";
    }

    @Override
    public String newest(String known) {
      return known;
    }

    @Override
    public long revisionOf(String state) {
      return 1;
    }

    @Override
    public boolean isFinal(String state) {
      return false;
    }

    @Override
    public Duration patience() {
      return Duration.ofHours(1);
    }
  }
}
