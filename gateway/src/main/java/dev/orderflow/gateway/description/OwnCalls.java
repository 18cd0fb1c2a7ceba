package dev.orderflow.gateway.description;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls that the gateway answers itself, and that belong to the platform's description.
 *
 * @param description paths and components of OpenAPI; not to be changed
 */
record OwnCalls(ObjectNode description) {
  /** Those that a file of the class path describes. */
  static OwnCalls in(String file, JsonMapper json) throws IOException {
    try (var text = new ClassPathResource(file).getInputStream()) {
      return new OwnCalls((ObjectNode) json.readTree(text));
    }
  }
}
