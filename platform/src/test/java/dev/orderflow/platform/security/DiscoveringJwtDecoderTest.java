package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

@Timeout(60)
class DiscoveringJwtDecoderTest {
  private final AtomicInteger questions = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);
  private HttpServer issuer;
  private DiscoveringJwtDecoder decoder;

  @BeforeEach
  void an_issuer_that_answers_when_it_is_told_to_and_then_that_it_cannot() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    issuer.createContext(
        "/",
        exchange -> {
          questions.incrementAndGet();
          awaitQuietly(answer);
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    issuer.start();
    decoder =
        new DiscoveringJwtDecoder(
            "http://127.0.0.1:" + issuer.getAddress().getPort(),
            "orderflow",
            Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  @Test
  void a_token_that_cannot_be_judged_is_not_a_bad_one_and_the_next_one_asks_again() {
    answer.countDown();

    assertNotJudged();
    var first = questions.get();
    assertNotJudged();

    assertThat(questions.get()).isEqualTo(2 * first).isPositive();
  }

  @Test
  void tokens_that_come_during_an_attempt_share_it() {
    var callers =
        Stream.generate(() -> Thread.ofPlatform().daemon().start(this::assertNotJudged))
            .limit(10)
            .toList();
    await()
        .until(() ->
            callers.stream()
                .allMatch(caller ->
                    caller.getState() == Thread.State.WAITING
                        || caller.getState() == Thread.State.TIMED_WAITING));
    await().untilAsserted(() -> assertThat(questions).hasValue(1));
  }

  private void assertNotJudged() {
    assertThatThrownBy(() -> decoder.decode("a.b.c"))
        .isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
