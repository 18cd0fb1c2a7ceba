package dev.orderflow.gateway.routing;

import java.util.Arrays;
import java.util.List;

/** The services behind the gateway. */
enum Service {
  /** Takes writes, and tells what is true now. */
  COMMAND_SIDE,
  /** Answers reads from its projections. */
  QUERY_SIDE,
  /** Drives orders to their end. */
  SAGA;

  /** The calls that it answers. */
  List<Route> routes() {
    return Arrays.stream(Route.values()).filter(route -> route.service() == this).toList();
  }
}
