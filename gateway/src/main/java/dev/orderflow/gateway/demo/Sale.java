package dev.orderflow.gateway.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A sale day: orders at a steady pace for a while. There is one at a time; it ends by itself, and
 * before the gateway stops. While the platform is slower than the pace there are fewer orders.
 */
@Component
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class Sale implements SmartLifecycle {
  /** Fewer than one caller may have. */
  private static final int MOST_UNDER_WAY = 64;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Clock clock;
  private @Nullable Round round;

  Sale(Clock clock) {
    this.clock = clock;
  }

  /**
   * The sale, or the last one.
   *
   * @param orders how many were sent
   * @param answered how many of them were taken
   * @param refused how many were not, or have had no answer
   * @param endsAt null when none is running
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record State(boolean running, int orders, int answered, int refused, @Nullable Instant endsAt) {}

  /** Begins; while one is running, that one goes on instead. */
  synchronized void begin(int ordersPerSecond, Duration length, SaleClient.Order order) {
    if (!isRunning()) {
      round = new Round(ordersPerSecond, length, clock.instant().plus(length), order);
    }
  }

  /** Ends it, if one is running. */
  synchronized void end() {
    if (round != null) {
      round.pace.shutdownNow();
    }
  }

  synchronized State state() {
    return round == null ? new State(false, 0, 0, 0, null) : round.state();
  }

  @Override
  public void start() {}

  @Override
  public void stop() {
    end();
  }

  @Override
  public synchronized boolean isRunning() {
    return round != null && !round.pace.isShutdown();
  }

  private static final class Round {
    private final ScheduledExecutorService pace =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sale").factory());
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY);
    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final SaleClient.Order order;
    private final Instant endsAt;

    Round(int ordersPerSecond, Duration length, Instant endsAt, SaleClient.Order order) {
      this.order = order;
      this.endsAt = endsAt;
      var _ =
          pace.scheduleAtFixedRate(
              this::send, 0, NANOS_PER_SECOND / ordersPerSecond, TimeUnit.NANOSECONDS);
      var _ = pace.schedule(pace::shutdownNow, length.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void send() {
      if (places.tryAcquire()) {
        orders.incrementAndGet();
        Thread.ofVirtual().name("sale-order").start(this::place);
      }
    }

    private void place() {
      try {
        (order.place() ? answered : refused).incrementAndGet();
      } finally {
        places.release();
      }
    }

    State state() {
      var running = !pace.isShutdown();
      return new State(
          running, orders.get(), answered.get(), refused.get(), running ? endsAt : null);
    }
  }
}
