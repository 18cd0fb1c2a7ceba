package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.audit.EventStoreReader;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.function.Function;

/** A bad request and the answer that it deserves. */
record RefusedRequest(String name, int status, String code, Function<ShopClient, Answer> request) {
  /** Sends the request to a platform where nothing else happens: it is refused without effect. */
  void assertThatItHappens(PlatformUnderTest platform) {
    var log = new EventStoreReader(platform.cluster().postgres());
    var before = log.size();

    var answer = ShopClient.answered(() -> request.apply(platform.shop()));

    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.code()).as("%s", answer).isEqualTo(code);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body().path("type").asString()).isNotBlank();
    assertThat(answer.body().path("title").asString()).isNotBlank();
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.body().path("detail").asString()).isNotBlank();
    assertThat(answer.body().path("instance").asString()).isNotBlank();
    assertThat(log.size()).isEqualTo(before);
  }

  @Override
  public String toString() {
    return "%s: %d %s".formatted(name, status, code);
  }
}
