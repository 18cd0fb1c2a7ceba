package dev.orderflow.platform.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is measured already is told as it is now, or as it was since it was asked for last. */
class MeterValuesTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeterValues meters = new MeterValues(registry);

  @Test
  void a_meter_that_is_not_there_tells_nothing() {
    assertThat(meters.gauge("none").getAsDouble()).isNaN();
    assertThat(meters.perMinute("none").getAsDouble()).isNaN();
    assertThat(meters.share("none", "a", "b").getAsDouble()).isNaN();
    assertThat(meters.p99("none").getAsDouble()).isNaN();
    assertThat(meters.secondsAboveZero("none").getAsDouble()).isZero();
  }

  @Test
  void of_several_gauges_the_greatest_counts() {
    registry.gauge("waiting", List.of(Tag.of("at", "a")), 3);
    registry.gauge("waiting", List.of(Tag.of("at", "b")), 7);

    assertThat(meters.gauge("waiting").getAsDouble()).isEqualTo(7);
    assertThat(meters.gauge("waiting", "at", "a").getAsDouble()).isEqualTo(3);
  }

  @Test
  void a_rate_is_of_what_has_come_since() {
    var rate = meters.perMinute("orders", "outcome", "placed");
    registry.counter("orders", "outcome", "placed").increment(100);
    rate.getAsDouble();
    var still = rate.getAsDouble();
    registry.counter("orders", "outcome", "placed").increment();

    assertThat(still).isZero();
    assertThat(rate.getAsDouble()).isPositive();
  }

  @Test
  void a_share_is_of_what_has_come_since() {
    var share = meters.share("reads", "result", "hit", "level", "l1");
    registry.counter("reads", "level", "l1", "result", "hit").increment(50);
    registry.counter("reads", "level", "l1", "result", "miss").increment(0);
    share.getAsDouble();
    registry.counter("reads", "level", "l1", "result", "hit").increment(3);
    registry.counter("reads", "level", "l1", "result", "miss").increment(1);

    assertThat(share.getAsDouble()).isEqualTo(0.75);
    assertThat(share.getAsDouble()).as("nothing has come").isNaN();
  }

  @Test
  void a_percentile_is_of_what_has_come_since() {
    var p99 = meters.p99("lag");
    var lag = Timer.builder("lag").publishPercentileHistogram().register(registry);
    lag.record(Duration.ofSeconds(20));
    p99.getAsDouble();
    for (var i = 0; i < 1_000; i++) {
      lag.record(Duration.ofMillis(100));
    }

    assertThat(p99.getAsDouble()).isCloseTo(0.1, within(0.03));
    assertThat(p99.getAsDouble()).as("nothing has come").isNaN();

    lag.record(Duration.ofMinutes(2));
    assertThat(p99.getAsDouble()).as("beyond the last bucket").isEqualTo(120);
  }

  @Test
  void what_goes_down_to_zero_begins_anew() {
    var value = new AtomicInteger(1);
    registry.gauge("pending", value);
    var seconds = meters.secondsAboveZero("pending");

    assertThat(seconds.getAsDouble()).isZero();
    assertThat(seconds.getAsDouble()).isPositive();
    value.set(0);
    assertThat(seconds.getAsDouble()).isZero();
    value.set(5);
    assertThat(seconds.getAsDouble()).isZero();
  }

  @Test
  void what_has_come_long_ago_does_not_count() {
    var ever = meters.grownWithin(Duration.ofHours(1), "errors");
    var lately = meters.grownWithin(Duration.ZERO, "errors");
    registry.counter("errors").increment();
    ever.getAsDouble();
    lately.getAsDouble();
    registry.counter("errors").increment(2);

    assertThat(ever.getAsDouble()).isEqualTo(2);
    assertThat(ever.getAsDouble()).isEqualTo(2);
    assertThat(lately.getAsDouble()).isZero();
  }
}
