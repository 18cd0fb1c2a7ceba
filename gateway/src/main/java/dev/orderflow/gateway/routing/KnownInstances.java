package dev.orderflow.gateway.routing;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Where the instances of all services are, as far as it is known at the moment: their names are
 * looked up again and again. Each service has a thread of its own, so that a name service which is
 * slow about one of them does not keep the others waiting; not a virtual one, since a look-up holds
 * on to its carrier.
 */
@Component
public final class KnownInstances implements AutoCloseable {
  private final Map<Service, Instances> byService = new EnumMap<>(Service.class);
  private final ScheduledExecutorService lookUps =
      Executors.newScheduledThreadPool(
          Service.values().length, Thread.ofPlatform().daemon().name("name-lookup-", 0).factory());

  KnownInstances(InstanceProperties addresses, ForwardingProperties forwarding) {
    for (var service : Service.values()) {
      var instances = new Instances(addresses.of(service));
      byService.put(service, instances);
      var _ =
          lookUps.scheduleWithFixedDelay(
              instances::lookUp, 0, forwarding.resolveEvery().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The base URLs of all instances of a service, always in the same order. */
  public List<URI> present(Service service) {
    return of(service).present();
  }

  /** The same in the order in which to try them; each call begins with another one. */
  public List<URI> inTurn(Service service) {
    return of(service).inTurn();
  }

  Instances of(Service service) {
    return Objects.requireNonNull(byService.get(service));
  }

  @Override
  public void close() {
    lookUps.shutdownNow();
  }
}
