package dev.orderflow.gateway.routing;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the instances of all services are, as far as it is known at the moment. */
public final class KnownInstances {
  private final Map<Service, Instances> byService = new EnumMap<>(Service.class);

  private KnownInstances() {}

  /** Has the names of all of them looked up again and again. */
  static KnownInstances followed(InstanceProperties addresses, NameLookups lookups) {
    var known = new KnownInstances();
    for (var service : Service.values()) {
      var instances = new Instances(addresses.of(service));
      lookups.follow(instances);
      known.byService.put(service, instances);
    }
    return known;
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
}
