package dev.orderflow.gateway.description;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of staff that the gateway answers itself, and that belong to the platform's description.
 *
 * @param description paths and components of OpenAPI, without what every call of staff may fail
 *     with; not to be changed
 */
record OwnCalls(ObjectNode description) {
  /** Those that a file of the class path describes. */
  static OwnCalls in(String file, JsonMapper json) throws IOException {
    try (var text = new ClassPathResource(file).getInputStream()) {
      return new OwnCalls((ObjectNode) json.readTree(text));
    }
  }

  /** The description, with the failures among these responses for each call that lacks them. */
  ObjectNode failingAs(JsonNode responses) {
    var whole = description.deepCopy();
    for (var calls : whole.path("paths")) {
      for (var call : calls) {
        var own = call.withObjectProperty("responses");
        responses.forEachEntry((status, response) -> {
          if (Integer.parseInt(status) >= HttpStatus.BAD_REQUEST.value()) {
            own.putIfAbsent(status, response);
          }
        });
      }
    }
    return whole;
  }
}
