package dev.orderflow.gateway.routing;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The instances of one service, asked in turn. Nothing is remembered of those that failed: to find
 * a port closed costs next to nothing, and an instance that is back is used at once.
 */
final class Instances {
  private final List<URI> instances;
  private final AtomicInteger turn = new AtomicInteger();

  /** At least one instance. */
  Instances(List<URI> instances) {
    this.instances = List.copyOf(instances);
  }

  /** All of them in the order in which to try them; each call begins with another one. */
  List<URI> inTurn() {
    var order = new ArrayList<>(instances);
    Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), order.size()));
    return order;
  }
}
