package dev.orderflow.standalone.service;

import dev.orderflow.standalone.infrastructure.PostgresDatabases;
import dev.orderflow.standalone.process.FreePorts;
import dev.orderflow.standalone.process.StartFailedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything listens on 127.0.0.1, for the life of one {@code up}: a process that is started
 * again finds its port.
 *
 * @param services all instances of the services with data, without the gateway
 */
public record Endpoints(
    int postgres,
    int redis,
    int kafka,
    int kafkaController,
    ServiceInstance gateway,
    List<ServiceInstance> services) {
  private static final int CONNECTIONS_FOR_PEOPLE = 50;

  /**
   * How many instances of each service there are, and the gateway's port; 0 stands for any free
   * one.
   */
  public record Wanted(int gatewayPort, int commandSide, int querySide, int saga) {}

  /** Chooses ports. */
  public static Endpoints choose(Wanted wanted, FreePorts ports) {
    if (wanted.gatewayPort() != 0 && !ports.take(wanted.gatewayPort())) {
      throw new StartFailedException(
          ("Port %d is in use by another program. Choose another one with --gateway-port P;"
                  + " 0 takes any free port.")
              .formatted(wanted.gatewayPort()));
    }
    var gatewayPort = wanted.gatewayPort() == 0 ? ports.next() : wanted.gatewayPort();
    var services = new ArrayList<ServiceInstance>();
    add(services, Services.COMMAND_SIDE, wanted.commandSide(), ports);
    add(services, Services.QUERY_SIDE, wanted.querySide(), ports);
    add(services, Services.SAGA, wanted.saga(), ports);
    return new Endpoints(
        ports.next(),
        ports.next(),
        ports.next(),
        ports.next(),
        new ServiceInstance(Services.GATEWAY, 1, gatewayPort, 0, ports.next()),
        List.copyOf(services));
  }

  /** The base address of the platform. */
  public String gatewayUrl() {
    return gateway.http();
  }

  /** The address of the platform's database. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres, PostgresDatabases.DATABASE);
  }

  /** How many connections the database has to take: those of all instances, and some for people. */
  public int databaseConnections() {
    return CONNECTIONS_FOR_PEOPLE
        + services.stream()
            .mapToInt(instance -> Services.CONNECTIONS.getOrDefault(instance.service(), 0))
            .sum();
  }

  /** The address that Kafka's clients start from. */
  public String kafkaBootstrapServers() {
    return "127.0.0.1:" + kafka;
  }

  private static void add(
      List<ServiceInstance> services, String service, int instances, FreePorts ports) {
    for (var instance = 1; instance <= instances; instance++) {
      var grpcPort = Services.WITH_GRPC.contains(service) ? ports.next() : 0;
      services.add(new ServiceInstance(service, instance, ports.next(), grpcPort));
    }
  }
}
