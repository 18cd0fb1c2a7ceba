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

  @Test
  void addresses_stay_as_they_are_in_their_order_when_they_are_looked_up() {
    var instances = new Instances(List.of(TWO, ONE, URI.create("http://[::1]:3")));

    instances.lookUp();

    assertThat(instances.inTurn()).containsExactly(TWO, ONE, URI.create("http://[::1]:3"));
  }

  @Test
  void behind_https_the_name_is_asked_since_the_certificate_is_made_out_to_it() {
    var named = URI.create("https://localhost:1");
    var instances = new Instances(List.of(named));

    instances.lookUp();

    assertThat(instances.inTurn()).containsExactly(named);
  }
}
