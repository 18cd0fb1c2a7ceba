package dev.orderflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.PublishedSchemas;
import dev.orderflow.queryside.testing.RunningQuerySide;
import org.junit.jupiter.api.Test;

class DescriptionIT {
  @Test
  void the_description_can_be_read_by_all() {
    var description = RunningQuerySide.shared().get("/v3/api-docs");

    assertThat(description.status()).isEqualTo(200);
    assertThat(PublishedSchemas.faults(description.json())).isEmpty();
  }
}
