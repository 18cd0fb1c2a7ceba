package dev.orderflow.standalone.service;

import java.util.List;
import java.util.Map;

/** The names of Orderflow's services, which are also the names of their modules. */
public final class Services {
  /** Decides: aggregates, event store. */
  public static final String COMMAND_SIDE = "command-side";

  /** Answers: projections, caches. */
  public static final String QUERY_SIDE = "query-side";

  /** Carries orders through: saga, payment, notification. */
  public static final String SAGA = "saga";

  /** The front door. */
  public static final String GATEWAY = "gateway";

  /** Those with data, events and an identity of their own. */
  public static final List<String> WITH_DATA = List.of(COMMAND_SIDE, QUERY_SIDE, SAGA);

  /** Those that are called over gRPC. */
  public static final List<String> WITH_GRPC = List.of(COMMAND_SIDE, QUERY_SIDE);

  /** All of them. */
  public static final List<String> ALL = List.of(COMMAND_SIDE, QUERY_SIDE, SAGA, GATEWAY);

  /** The most connections to the database that an instance of a service with data opens. */
  static final Map<String, Integer> CONNECTIONS = Map.of(COMMAND_SIDE, 24, QUERY_SIDE, 9, SAGA, 12);

  private Services() {}

  /** The database role, which is also the schema, of a service with data. */
  public static String role(String service) {
    return service.replace('-', '_');
  }
}
