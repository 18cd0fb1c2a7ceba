package dev.orderflow.gateway.demo;

import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.error.UnavailableException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** What a sale needs of the platform, by the same calls that a shop's staff and customers make. */
@Component
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class SaleClient {
  private static final Logger LOG = LoggerFactory.getLogger(SaleClient.class);
  private static final String PRODUCT = "PROD-SALE-DAY";
  private static final BigDecimal PRICE = new BigDecimal("50000");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final String customerId;
  private final String customerSecret;
  private final OwnAddress here;
  private final RestClient http;
  private final Clock clock;

  SaleClient(DemoProperties demo, OwnAddress here, RestClient serviceClient, Clock clock) {
    this.customerId = Objects.requireNonNull(demo.customerId());
    this.customerSecret = Objects.requireNonNull(demo.customerSecret());
    this.here = here;
    this.http = serviceClient;
    this.clock = clock;
  }

  /** An order of one piece of the sale's product, to be placed any number of times. */
  @FunctionalInterface
  interface Order {
    /** Places it once more; whether it was taken. */
    boolean place();
  }

  /**
   * Brings in the sale's product with so many pieces at least.
   *
   * @param staffToken of those who hold the sale
   * @throws UnavailableException when the platform does not take what the sale needs
   */
  Order open(int pieces, String staffToken) {
    try {
      var mark = offer(staffToken);
      stock(pieces, staffToken);
      var product = product(mark);
      var token = customerToken();
      var item =
          Map.<String, Object>of(
              "productId",
              PRODUCT,
              "quantity",
              1,
              "expectedPrice",
              product.path("price").decimalValue(),
              "priceVersion",
              product.path("priceVersion").asLong());
      return () -> place(item, token);
    } catch (RestClientException e) {
      throw new UnavailableException("The sale cannot begin: its product or customer is away.", e);
    }
  }

  /** The mark by which the product is seen when it is new; empty when it was there. */
  private List<String> offer(String staffToken) {
    var product =
        Map.of(
            "productId", PRODUCT,
            "name", "Ngày hội mua sắm / Sale day",
            "description", "Chỉ để trình diễn / For demonstrations only",
            "price", PRICE,
            "currency", "VND");
    return post("/products", staffToken, product)
        .onStatus(status -> status.isSameCodeAs(HttpStatus.CONFLICT), (_, _) -> {})
        .toBodilessEntity()
        .getHeaders()
        .getOrEmpty(ConsistencyHeader.NAME);
  }

  private void stock(int pieces, String staffToken) {
    var levels = http.get().uri(here.url() + "/inventory/" + PRODUCT).retrieve();
    var missing = pieces - body(levels).path("available").asLong();
    if (missing > 0) {
      post("/inventory/" + PRODUCT + "/receipts", staffToken, Map.of("quantity", missing))
          .toBodilessEntity();
    }
  }

  private JsonNode product(List<String> mark) {
    return body(
        http.get()
            .uri(here.url() + "/products/" + PRODUCT)
            .headers(headers -> headers.addAll(ConsistencyHeader.NAME, mark))
            .retrieve());
  }

  private String customerToken() {
    return body(http.post()
            .uri(here.url() + "/oauth2/token")
            .headers(headers -> headers.setBasicAuth(customerId, customerSecret))
            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
            .body("grant_type=client_credentials")
            .retrieve())
        .path("access_token")
        .asString();
  }

  private boolean place(Map<String, Object> item, String token) {
    var key =
        String.join(
            "_",
            customerId,
            TIME.format(clock.instant().atZone(ZoneOffset.UTC)),
            UUID.randomUUID().toString());
    try {
      post("/orders", token, Map.of("version", key, "items", List.of(item))).toBodilessEntity();
      return true;
    } catch (RestClientException e) {
      LOG.debug("An order of the sale was not taken", e);
      return false;
    }
  }

  private RestClient.ResponseSpec post(String path, String token, Map<String, ?> body) {
    return http.post()
        .uri(here.url() + path)
        .headers(headers -> headers.setBearerAuth(token))
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .retrieve();
  }

  private static JsonNode body(RestClient.ResponseSpec answer) {
    return Objects.requireNonNull(answer.body(JsonNode.class));
  }
}
