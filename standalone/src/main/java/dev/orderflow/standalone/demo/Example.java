package dev.orderflow.standalone.demo;

import dev.orderflow.standalone.client.GatewayClient;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Commands to copy and paste that place an order and look at it. */
public final class Example {
  private Example() {}

  /** The first product that can be ordered; empty when there is none. */
  public static Optional<JsonNode> product(GatewayClient gateway)
      throws IOException, InterruptedException {
    return gateway
        .get("/products?pageSize=50")
        .body()
        .path("products")
        .valueStream()
        .filter(product -> product.path("active").asBoolean(false))
        .filter(product -> product.path("available").asLong(0) > 0)
        .findFirst();
  }

  /** The commands, for the product with its price as it is now. */
  public static String order(String url, JsonNode product) {
    return """
      URL=%1$s
      TOKEN=$(curl -s -u alice:alice -d grant_type=client_credentials $URL/oauth2/token \\
        | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')
      curl -s "$URL/products?pageSize=5"
      ORDER=$(curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
        -d '{"version":"alice_'$(date +%%Y%%m%%d%%H%%M%%S)'_demo01","paymentMethod":"pm_card_visa",
             "items":[{"productId":"%2$s","quantity":1,
                       "expectedPrice":%3$s,"priceVersion":%4$s}]}' $URL/orders)
      echo "$ORDER"
      curl -s -H "Authorization: Bearer $TOKEN" \\
        $URL/orders/$(echo "$ORDER" | sed 's/.*"orderId" *: *"\\([^"]*\\)".*/\\1/')\
    """
        .formatted(
            url,
            product.path("productId").asString(),
            product.path("price").decimalValue().toPlainString(),
            product.path("priceVersion").asLong());
  }

  /** The commands that a platform without products needs first. */
  public static String firstProduct(String url) {
    return """
      URL=%1$s
      TOKEN=$(curl -s -u admin:admin -d grant_type=client_credentials $URL/oauth2/token \\
        | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')
      curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
        -d '{"productId":"PROD-FIRST","name":"The first product","description":"The first one",
             "price":100000,"currency":"VND"}' $URL/products
      curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
        -d '{"quantity":10}' $URL/inventory/PROD-FIRST/receipts\
    """
        .formatted(url);
  }
}
