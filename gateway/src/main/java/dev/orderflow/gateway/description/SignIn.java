package dev.orderflow.gateway.description;

import dev.orderflow.platform.security.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes where the tokens come from that the services ask for: from the gateway, or from an
 * identity provider.
 *
 * @param issuerUri the identity provider; null when the gateway issues the tokens
 */
record SignIn(@Nullable String issuerUri) {
  private static final String NAME = "signIn";
  private static final String TOKEN = "token";

  /** Every call that takes a token takes one from there. */
  void addTo(ObjectNode description) {
    description
        .withObjectProperty("components")
        .withObjectProperty("securitySchemes")
        .set(NAME, scheme());
    for (var calls : description.path("paths")) {
      for (var call : calls) {
        for (var needed : List.copyOf(call.path("security").values())) {
          call.withArrayProperty("security").addObject().set(NAME, needed.path(TOKEN).deepCopy());
        }
      }
    }
  }

  private JsonNode scheme() {
    var scheme = JsonNodeFactory.instance.objectNode();
    if (issuerUri != null) {
      return scheme
          .put("type", "openIdConnect")
          .put("openIdConnectUrl", issuerUri + "/.well-known/openid-configuration");
    }
    scheme.put("type", "oauth2");
    scheme
        .withObjectProperty("flows")
        .withObjectProperty("clientCredentials")
        .put("tokenUrl", "/oauth2/token")
        .withObjectProperty("scopes")
        .put(Scope.CUSTOMER.value(), "Places, sees and cancels orders of one's own.")
        .put(Scope.STAFF.value(), "Changes the catalog and the stock, and sees all orders.");
    return scheme;
  }
}
