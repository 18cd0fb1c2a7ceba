package dev.orderflow.gateway.demo;

import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.gateway.routing.InstanceProperties;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.UnavailableException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The instances of all services, asked with the token of the staff who want it. */
final class Services {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final InstanceProperties addresses;
  private final OwnAddress here;
  private final RestClient http;

  Services(InstanceProperties addresses, OwnAddress here, RestClient http) {
    this.addresses = addresses;
    this.here = here;
    this.http = http;
  }

  private record ProviderJson(String mode) {}

  /** How the payment provider behaves; empty when no instance of the saga tells. */
  Optional<String> providerMode(String token) {
    for (var instance : addresses.saga()) {
      try {
        var answer =
            http.get()
                .uri(instance.resolve("/admin/demo/provider"))
                .headers(headers -> headers.setBearerAuth(token))
                .retrieve()
                .body(ProviderJson.class);
        return Optional.of(Objects.requireNonNull(answer).mode());
      } catch (RestClientException e) {
        LOG.debug("{} does not tell how the provider behaves", instance, e);
      }
    }
    return Optional.empty();
  }

  /**
   * Stops an instance, as a crash would.
   *
   * @param name as in {@code saga-1}, or the number alone: from 1, in the order of the addresses
   * @throws NotFoundException when there is no such instance
   * @throws UnavailableException when it does not answer, as one that is starting
   */
  void stop(String service, String name, String token) {
    var instances = of(service);
    var address =
        IntStream.range(0, instances.size())
            .filter(i -> List.of(i + 1 + "", service + "-" + (i + 1)).contains(name))
            .mapToObj(instances::get)
            .findFirst()
            .orElseThrow(() ->
                new NotFoundException(
                    ErrorCode.NOT_FOUND, "There is no instance of this service and name."));
    try {
      http.post()
          .uri(address.resolve("/admin/demo/halt"))
          .headers(headers -> headers.setBearerAuth(token))
          .retrieve()
          .toBodilessEntity();
    } catch (RestClientException e) {
      throw new UnavailableException("The instance does not answer, and may be starting.", e);
    }
  }

  private List<URI> of(String service) {
    return switch (service) {
      case "command-side" -> addresses.commandSide();
      case "query-side" -> addresses.querySide();
      case "saga" -> addresses.saga();
      case "gateway" -> List.of(URI.create(here.url()));
      default -> List.of();
    };
  }
}
