package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Products that are made on two instances at the same moment. */
@ExtendWith(SharedCommandSide.class)
class CatalogIT {
  private final RunningCommandSide commandSide;

  CatalogIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
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
          RunningCommandSide.together(
              List.of(
                  () -> commandSide.first().send("POST", "/products", commandSide.staff(), body),
                  () -> commandSide.second().send("POST", "/products", commandSide.staff(), body)));
      assertThat(created.stream().map(Instance.Answer::status).sorted()).containsExactly(201, 409);
      var received =
          RunningCommandSide.together(
              List.of(
                  () -> commandSide.receive(commandSide.first(), id, 1),
                  () -> commandSide.receive(commandSide.second(), id, 1)));
      assertThat(received).allMatch(answer -> answer.status() == 200);
      assertThat(commandSide.levels(id)).containsExactly(2, 0, 0);
    }
  }
}
