package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.PublishedSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCommandSide.class)
class DescriptionIT {
  @Test
  void the_description_can_be_read_by_all(RunningCommandSide commandSide) {
    var description = commandSide.first().send("GET", "/v3/api-docs", "", "");

    assertThat(description.status()).isEqualTo(200);
    assertThat(PublishedSchemas.faults(description.body())).isEmpty();
  }
}
