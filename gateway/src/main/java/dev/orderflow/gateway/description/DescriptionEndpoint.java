package dev.orderflow.gateway.description;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the description, made anew at most every second: it takes a call to every service, and is
 * open to all.
 */
@RestController
final class DescriptionEndpoint {
  private final Supplier<byte[]> description;

  DescriptionEndpoint(PlatformDescription description, JsonMapper json) {
    this.description =
        Suppliers.memoizeWithExpiration(
            () -> json.writeValueAsBytes(description.current()), Duration.ofSeconds(1));
  }

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] description() {
    return description.get();
  }
}
