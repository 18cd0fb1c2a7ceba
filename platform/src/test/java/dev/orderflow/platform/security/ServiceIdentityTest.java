package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.error.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

@Timeout(60)
class ServiceIdentityTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch silence = new CountDownLatch(1);
  private final ServiceIdentity identity = new ServiceIdentity(this::noAnswer, "saga");

  private OAuth2AuthorizedClient noAnswer(OAuth2AuthorizeRequest request) {
    asked.incrementAndGet();
    try {
      silence.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new OAuth2AuthorizationException(new OAuth2Error("no answer"));
  }

  @Test
  void who_waits_while_the_token_does_not_come_does_not_wait_for_it_once_more() {
    var outcomes = Stream.generate(CompletableFuture<Throwable>::new).limit(20).toList();
    var callers = outcomes.stream().map(this::caller).toList();
    await().until(() -> callers.stream().allMatch(ServiceIdentityTest::waits));

    silence.countDown();

    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(UnavailableException.class));
    assertThat(asked).hasValue(1);
  }

  private Thread caller(CompletableFuture<Throwable> outcome) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            outcome.completeExceptionally(new AssertionError(identity.get()));
          } catch (RuntimeException e) {
            outcome.complete(e);
          }
        });
  }

  private static boolean waits(Thread caller) {
    return List.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(caller.getState());
  }

  @Test
  void the_next_caller_asks_again() {
    silence.countDown();

    for (var call = 1; call <= 2; call++) {
      assertThatExceptionOfType(UnavailableException.class).isThrownBy(identity::get);
      assertThat(asked).hasValue(call);
    }
  }
}
