package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Products that are made on two instances at the same moment. */
@ExtendWith(SharedShop.class)
class CatalogIT {
  private final Shop shop;

  CatalogIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void one_product_id_is_created_once_on_two_instances() throws Exception {
    for (var round = 0; round < 10; round++) {
      var id = "PROD-" + UUID.randomUUID();
      var body =
          """
          {"productId": "%s", "name": "Lamp", "price": 1, "currency": "VND"}\
          """
              .formatted(id);
      var created =
          Shop.together(
              List.of(
                  () -> shop.first().send("POST", "/products", shop.staff(), body),
                  () -> shop.second().send("POST", "/products", shop.staff(), body)));
      assertThat(created.stream().map(Instance.Answer::status).sorted()).containsExactly(201, 409);
      var received =
          Shop.together(
              List.of(
                  () -> shop.receive(shop.first(), id, 1),
                  () -> shop.receive(shop.second(), id, 1)));
      assertThat(received).allMatch(answer -> answer.status() == 200);
      assertThat(shop.levels(id)).containsExactly(2, 0, 0);
    }
  }
}
