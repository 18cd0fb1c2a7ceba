package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.saga.testing.SagaPlatform;
import java.lang.management.ManagementFactory;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service whose threads stand still is seen to, and its own work does not bring it about. */
@ExtendWith(SharedSaga.class)
class LivenessIT {
  private static final String LIVENESS = "/actuator/health/liveness";
  private static final List<String> WORKERS = List.of("mail-", "mail_", "payment-", "provider_");

  private final SagaPlatform platform;

  LivenessIT(SagaPlatform platform) {
    this.platform = platform;
  }

  @Test
  void it_is_alive_while_its_loops_go_round() throws Exception {
    var answer = platform.ask(0, "GET", LIVENESS, null);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void liveness_does_not_answer_until_a_virtual_thread_gets_a_carrier() throws Exception {
    var over = new AtomicBoolean();
    var begun = new AtomicInteger();
    // Those who ask and answer take no virtual threads but one: that of the request.
    var carriers =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class).getParallelism();
    var spinning =
        IntStream.range(0, carriers)
            .mapToObj(_ ->
                Thread.startVirtualThread(() -> {
                  begun.incrementAndGet();
                  spinUntil(over);
                }))
            .toList();
    try {
      // A carrier that was still free might answer.
      await().atMost(Duration.ofSeconds(30)).until(() -> begun.get() == carriers);
      assertThatExceptionOfType(HttpTimeoutException.class)
          .isThrownBy(() -> platform.ask(0, "GET", LIVENESS, null, Duration.ofSeconds(1)));
    } finally {
      over.set(true);
    }
    for (var thread : spinning) {
      thread.join();
    }

    assertThat(platform.ask(0, "GET", LIVENESS, null).statusCode()).isEqualTo(200);
  }

  @Test
  void mails_and_payments_hold_no_carrier() {
    // What is loaded once is loaded here.
    settleSideBySide(50);
    Queue<RecordedEvent> pinned = new ConcurrentLinkedQueue<>();
    try (var recording = new RecordingStream()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.onEvent("jdk.VirtualThreadPinned", pinned::add);
      recording.startAsync();
      settleSideBySide(200);
      recording.stop();
    }

    assertThat(pinned.stream().filter(LivenessIT::isOfAWorker)).isEmpty();
  }

  private static boolean isOfAWorker(RecordedEvent event) {
    var thread = event.getThread();
    return thread != null
        && thread.getJavaName() != null
        && WORKERS.stream().anyMatch(thread.getJavaName()::startsWith);
  }

  private void settleSideBySide(int count) {
    var orders = Stream.generate(this::orderWithContact).limit(count).toList();
    orders.forEach(order ->
        platform
            .commandSide()
            .publish(order, platform.placed(order, "pm_card_visa", Instant.now())));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(orders)
                .allSatisfy(
                    order -> assertThat(platform.mails(order)).isEqualTo("CONFIRMED, PLACED")));
  }

  private OrderId orderWithContact() {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder()
                .setOrderId(order.value())
                .setEmail("anh@example.com")
                .setLocale("vi")
                .build());
    return order;
  }

  private static void spinUntil(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }
}
