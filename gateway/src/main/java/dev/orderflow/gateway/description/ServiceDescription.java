package dev.orderflow.gateway.description;

import dev.orderflow.platform.error.UnavailableException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service says about its calls. While it does not answer, what it has said last still holds:
 * a service that is away has the same calls.
 */
final class ServiceDescription {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceDescription.class);
  private static final String PATH = "/v3/api-docs";

  private final List<URI> instances;
  private final RestClient http;
  private volatile @Nullable ObjectNode lastKnown;

  /** Asks the first of the instances that answers. */
  ServiceDescription(List<URI> instances, RestClient http) {
    this.instances = List.copyOf(instances);
    this.http = http;
  }

  /**
   * The description; not to be changed.
   *
   * @throws UnavailableException when no instance has answered yet
   */
  ObjectNode current() {
    for (var instance : instances) {
      try {
        var answer = http.get().uri(instance.resolve(PATH)).retrieve().body(ObjectNode.class);
        if (answer != null) {
          lastKnown = answer;
          return answer;
        }
      } catch (RestClientException e) {
        LOG.debug("{} does not describe itself", instance, e);
      }
    }
    var known = lastKnown;
    if (known == null) {
      throw new UnavailableException("A service that is part of the description is away.", null);
    }
    return known;
  }
}
