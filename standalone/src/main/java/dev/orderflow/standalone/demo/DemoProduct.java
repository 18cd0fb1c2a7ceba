package dev.orderflow.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A product of the demo catalog.
 *
 * @param productId stays the same for ever
 * @param name Vietnamese, then English
 * @param description Vietnamese, then English
 * @param price in Vietnamese dong, which has no smaller unit
 * @param stock pieces received when the catalog is loaded
 */
public record DemoProduct(
    String productId, String name, String description, long price, int stock) {
  /** The currency of all prices (ISO 4217). */
  public static final String CURRENCY = "VND";

  private static final String RESOURCE = "/demo-catalog.json";
  private static final TypeReference<List<DemoProduct>> PRODUCTS = new TypeReference<>() {};

  /** The whole catalog. */
  public static List<DemoProduct> all() {
    try (var stream = Objects.requireNonNull(DemoProduct.class.getResourceAsStream(RESOURCE))) {
      return JsonMapper.shared().readValue(stream, PRODUCTS);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
