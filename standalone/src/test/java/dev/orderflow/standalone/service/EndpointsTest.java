package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.FreePorts;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.Endpoints.Wanted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  @Test
  void every_instance_gets_ports_of_its_own() {
    var endpoints = Endpoints.choose(new Wanted(0, 2, 3, 1), FreePorts.ofThisMachine());

    assertThat(endpoints.services())
        .extracting(ServiceInstance::name)
        .containsExactly(
            "command-side-1",
            "command-side-2",
            "query-side-1",
            "query-side-2",
            "query-side-3",
            "saga-1");
    var ports = new ArrayList<Integer>();
    endpoints.services().forEach(one -> ports.add(one.httpPort()));
    endpoints.services().stream()
        .filter(ServiceInstance::hasGrpc)
        .forEach(one -> ports.add(one.grpcPort()));
    ports.add(endpoints.gateway().httpPort());
    ports.add(endpoints.postgres());
    ports.add(endpoints.redis());
    ports.add(endpoints.kafka());
    ports.add(endpoints.kafkaController());
    assertThat(ports).hasSize(16).doesNotHaveDuplicates();
  }

  @Test
  void the_database_takes_the_connections_of_all_instances_and_fifty_more() {
    var endpoints = Endpoints.choose(new Wanted(0, 16, 2, 3), FreePorts.ofThisMachine());

    assertThat(endpoints.databaseConnections()).isEqualTo(16 * 24 + 2 * 9 + 3 * 12 + 50);
  }

  @Test
  void the_gateway_gets_the_port_that_is_asked_for() {
    var port = FreePorts.ofThisMachine().next();

    assertThat(Endpoints.choose(new Wanted(port, 1, 1, 1), FreePorts.ofThisMachine()).gatewayUrl())
        .isEqualTo("http://127.0.0.1:" + port);
  }

  @Test
  void a_busy_gateway_port_is_named_with_the_remedy() throws IOException {
    try (var busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var wanted = new Wanted(busy.getLocalPort(), 1, 1, 1);

      assertThatThrownBy(() -> Endpoints.choose(wanted, FreePorts.ofThisMachine()))
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("Port " + busy.getLocalPort() + " is in use")
          .hasMessageContaining("--gateway-port");
    }
  }
}
