package dev.orderflow.gateway.testing;

import java.util.List;
import java.util.Map;

/**
 * An instance of each service and a gateway before them, for all tests of a JVM that want no other
 * settings; a second instance of the saga is dead. They start for the first, and each test begins
 * with {@link #reset}.
 */
public final class SharedServices {
  public static final FakeService COMMAND_SIDE = new FakeService("command-side");
  public static final FakeService QUERY_SIDE = new FakeService("query-side");
  public static final FakeService SAGA = new FakeService("saga");

  /** All of them. */
  public static final List<FakeService> ALL = List.of(COMMAND_SIDE, QUERY_SIDE, SAGA);

  private static final RunningGateway GATEWAY =
      RunningGateway.start(
          Map.of(
              "orderflow.instances.command-side",
              COMMAND_SIDE.url(),
              "orderflow.instances.query-side",
              QUERY_SIDE.url(),
              "orderflow.instances.saga",
              RunningGateway.NOBODY + "," + SAGA.url(),
              // Longer than a busy machine makes an answer take; who is away refuses at once.
              "orderflow.gateway.admin.patience",
              "10s",
              "orderflow.gateway.max-request-size",
              "1KB",
              "orderflow.gateway.traces.enabled",
              "true",
              "management.tracing.sampling.probability",
              "0"));

  private SharedServices() {}

  /** The gateway before them. */
  public static RunningGateway gateway() {
    return GATEWAY;
  }

  /** They have heard nothing, and answer with their names. */
  public static void reset() {
    ALL.forEach(FakeService::reset);
  }

  /** What has come to any of them. */
  public static List<FakeService.Received> received() {
    return ALL.stream().flatMap(service -> service.received().stream()).toList();
  }
}
