package dev.orderflow.gateway.routing;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The instances of one service, asked in turn. Nothing is remembered of those that failed: to find
 * a port closed costs next to nothing, and an instance that is back is used at once. The host name
 * of a plain {@code http} URL stands for as many instances as it has addresses when it is looked
 * up; a certificate would not hold for an address, so {@code https} goes to the name.
 */
final class Instances {
  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

  private final Map<URI, List<URI>> known = new LinkedHashMap<>();
  private volatile List<URI> instances;
  private final AtomicInteger turn = new AtomicInteger();

  /** At least one base URL; until they are looked up they are taken as they are. */
  Instances(List<URI> baseUrls) {
    for (var baseUrl : baseUrls) {
      known.put(baseUrl, List.of(baseUrl));
    }
    instances = all();
  }

  /** All of them, always in the same order. */
  List<URI> present() {
    return instances;
  }

  /** All of them in the order in which to try them; each call begins with another one. */
  List<URI> inTurn() {
    var order = new ArrayList<>(instances);
    Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), order.size()));
    return order;
  }

  /**
   * Finds out the present address of each host. May take as long as the name service does, so no
   * request waits for it; what that one does not know at the moment stays where it was.
   */
  synchronized void lookUp() {
    known.replaceAll(Instances::addressesOf);
    var found = all();
    if (!found.equals(instances)) {
      LOG.info("Instances: {}", found);
      instances = found;
    }
  }

  private List<URI> all() {
    return known.values().stream().flatMap(Collection::stream).distinct().toList();
  }

  private static List<URI> addressesOf(URI baseUrl, List<URI> before) {
    if (!"http".equals(baseUrl.getScheme())) {
      return before;
    }
    try {
      // Sorted, because the answers of name services are shuffled.
      return Arrays.stream(InetAddress.getAllByName(baseUrl.getHost()))
          .map(address -> at(address, baseUrl))
          .sorted()
          .toList();
    } catch (UnknownHostException e) {
      LOG.debug("{} has no address at the moment", baseUrl, e);
      return before;
    }
  }

  private static URI at(InetAddress address, URI baseUrl) {
    return UriComponentsBuilder.fromUri(baseUrl)
        .host(InetAddresses.toUriString(address))
        .build()
        .toUri();
  }
}
