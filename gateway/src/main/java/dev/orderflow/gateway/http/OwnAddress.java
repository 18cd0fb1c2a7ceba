package dev.orderflow.gateway.http;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where this very process can be called from within, whatever its address is outside. */
@Component
public final class OwnAddress {
  private final Environment environment;

  OwnAddress(Environment environment) {
    this.environment = environment;
  }

  /** The base URL; known once the server listens. */
  public String url() {
    return "http://%s:%s"
        .formatted(
            environment.getProperty("server.address", "127.0.0.1"),
            environment.getRequiredProperty("local.server.port"));
  }
}
