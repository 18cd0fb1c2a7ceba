package dev.orderflow.gateway.description;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves the description. */
@RestController
final class DescriptionEndpoint {
  private final PlatformDescription description;

  DescriptionEndpoint(PlatformDescription description) {
    this.description = description;
  }

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  JsonNode description() {
    return description.current();
  }
}
