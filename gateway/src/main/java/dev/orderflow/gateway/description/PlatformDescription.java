package dev.orderflow.gateway.description;

import dev.orderflow.platform.error.UnavailableException;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the descriptions of the services together to one, of the platform as the gateway shows it.
 */
final class PlatformDescription {
  private static final String FRAME =
      """
      {
        "openapi": "3.1.0",
        "info": {
          "title": "Orderflow",
          "version": "1",
          "description": "Orders for shops: products with prices, stock, and orders that are paid or undone."
        },
        "servers": [{"url": "/"}]
      }
      """;

  /** A call of staff that fails as every one may, and in no way of its own. */
  private static final JsonPointer ANY_OF_STAFF =
      JsonPointer.compile("/paths/~1admin~1overview/get/responses");

  private final List<ServiceDescription> services;
  private final List<OwnCalls> own;
  private final SignIn signIn;
  private final JsonMapper json;

  PlatformDescription(
      List<ServiceDescription> services, List<OwnCalls> own, SignIn signIn, JsonMapper json) {
    this.services = List.copyOf(services);
    this.own = List.copyOf(own);
    this.signIn = signIn;
    this.json = json;
  }

  /**
   * The description as it is now.
   *
   * @throws UnavailableException when a part of it is not known, or the parts do not fit together
   *     because two versions of the platform run side by side
   */
  ObjectNode current() {
    var whole = (ObjectNode) json.readTree(FRAME);
    services.forEach(service -> addPart(service.current(), whole));
    var failures = whole.at(ANY_OF_STAFF);
    own.forEach(calls -> addPart(calls.failingAs(failures), whole));
    signIn.addTo(whole);
    return whole;
  }

  private static void addPart(ObjectNode part, ObjectNode whole) {
    part.path("paths")
        .forEachEntry((path, calls) ->
            add(calls, whole.withObjectProperty("paths").withObjectProperty(path)));
    part.path("components")
        .forEachEntry((kind, named) ->
            add(named, whole.withObjectProperty("components").withObjectProperty(kind)));
  }

  private static void add(JsonNode part, ObjectNode whole) {
    part.forEachEntry((name, value) -> {
      var present = whole.get(name);
      if (present != null && !present.equals(value)) {
        throw new UnavailableException("Two services describe \"" + name + "\" differently.", null);
      }
      whole.set(name, value.deepCopy());
    });
  }
}
