package dev.orderflow.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesTest {
  private static final URI ONE = URI.create("http://127.0.0.1:1");
  private static final URI TWO = URI.create("http://127.0.0.1:2");
  private static final URI THREE = URI.create("http://127.0.0.1:3");

  @Test
  void each_request_begins_with_the_next_instance_and_has_all_the_others_to_fall_back_on() {
    var instances = new Instances(List.of(ONE, TWO, THREE));

    assertThat(instances.inTurn()).containsExactly(ONE, TWO, THREE);
    assertThat(instances.inTurn()).containsExactly(TWO, THREE, ONE);
    assertThat(instances.inTurn()).containsExactly(THREE, ONE, TWO);
    assertThat(instances.inTurn()).containsExactly(ONE, TWO, THREE);
  }
}
