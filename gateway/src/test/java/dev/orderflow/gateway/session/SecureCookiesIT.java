package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.RunningGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a proxy that ends TLS and is trusted. */
class SecureCookiesIT {
  @Test
  void cookies_of_https_stay_with_https_and_with_this_host() {
    try (var gateway =
        RunningGateway.start(Map.of("orderflow.gateway.trusted-proxies", "127.0.0.1/32"))) {
      var begun =
          gateway.send(gateway.request("GET", "/sign-in").header("X-Forwarded-Proto", "https"));
      var session =
          gateway.send(gateway.request("GET", "/session").header("X-Forwarded-Proto", "https"));

      assertThat(begun.headers().firstValue("Location").orElse("")).contains("redirect_uri=https");
      assertThat(begun.headers().allValues("Set-Cookie"))
          .singleElement()
          .asString()
          .startsWith("__Host-orderflow-sign-in=")
          .contains("Secure", "HttpOnly", "Path=/", "SameSite=Lax");
      assertThat(cookies(session.headers().allValues("Set-Cookie")))
          .singleElement()
          .asString()
          .startsWith("XSRF-TOKEN=")
          .contains("Secure", "SameSite=Lax");
    }
  }

  private static List<String> cookies(List<String> set) {
    return set.stream().filter(cookie -> !cookie.contains("Max-Age=0")).toList();
  }
}
