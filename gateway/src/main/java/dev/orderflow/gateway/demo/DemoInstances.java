package dev.orderflow.gateway.demo;

import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.admin.Parts;
import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.gateway.routing.InstanceProperties;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The instances of all services, asked with the token of the staff who want it. */
@Component
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class DemoInstances {
  private static final Logger LOG = LoggerFactory.getLogger(DemoInstances.class);

  private final InstanceProperties addresses;
  private final OwnAddress here;
  private final RestClient http;
  private final Parts parts;
  private final Path stopped;

  DemoInstances(
      InstanceProperties addresses,
      OwnAddress here,
      RestClient serviceClient,
      Parts parts,
      DemoProperties demo) {
    this.addresses = addresses;
    this.here = here;
    this.http = serviceClient;
    this.parts = parts;
    this.stopped = Objects.requireNonNull(demo.stoppedInstances());
  }

  private record ProviderJson(String mode) {}

  /**
   * An instance that is not started again.
   *
   * @param instance its name, as in {@code saga-1}
   */
  record Stopped(String service, String instance) {}

  /** How the payment provider behaves; empty when no instance of the saga tells. */
  Optional<String> providerMode() {
    var saga = parts.ofEach(List.of(Service.SAGA), "/admin/demo/provider", ProviderJson.class);
    return saga.getFirst() instanceof Answered<ProviderJson>(_, _, var provider)
        ? Optional.of(provider.mode())
        : Optional.empty();
  }

  /** The instances that are not started again. */
  List<Stopped> stopped() {
    return Stream.of(Service.values())
        .map(Service::label)
        .flatMap(service ->
            numbersOf(service).map(number -> new Stopped(service, nameOf(service, number))))
        .filter(one -> Files.exists(stopped.resolve(one.instance())))
        .toList();
  }

  /**
   * Stops an instance, as a crash would. It is started again only when it is told to; the gateway,
   * which could not be told, is started at once. What is stopped already stays so.
   *
   * @param name as in {@code saga-1}, or the number alone: from 1, in the order of the addresses
   * @throws NotFoundException when there is no such instance
   * @throws UnavailableException when it does not answer, as one that is starting
   */
  void stop(String service, String name, String token) {
    var number = number(service, name);
    var address = of(service).get(number - 1);
    if (behindTheGateway(service).isEmpty()) {
      putOnRecord(
          HttpMethod.POST, "/admin/demo/instances/%s/%d/stop".formatted(service, number), token);
      halt(address, token);
    } else if (keepStopped(nameOf(service, number))) {
      try {
        halt(address, token);
      } catch (UnavailableException e) {
        start(service, name);
        throw e;
      }
    }
  }

  /**
   * Has an instance that was stopped started again, if it was.
   *
   * @param name as in {@code saga-1}, or the number alone
   * @throws NotFoundException when there is no such instance, or it cannot be stopped
   */
  void start(String service, String name) {
    if (behindTheGateway(service).isEmpty()) {
      throw unknown();
    }
    try {
      Files.deleteIfExists(stopped.resolve(nameOf(service, number(service, name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Has a service put on record what the gateway does itself: the first one that answers. When none
   * does, the log says so. It waits for instances that hang.
   *
   * @param token of the staff who wanted it
   */
  void putOnRecord(HttpMethod method, String path, String token) {
    for (var service : Service.values()) {
      for (var instance : addresses.of(service)) {
        try {
          send(method, instance.resolve(path), token);
          return;
        } catch (RestClientException e) {
          LOG.debug("{} does not put on record what staff have done", instance, e);
        }
      }
    }
    LOG.warn("No service puts on record what staff have done: {} {}", method, path);
  }

  /** Whether it was not yet. */
  private boolean keepStopped(String name) {
    try {
      Files.createFile(stopped.resolve(name));
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void halt(URI address, String token) {
    try {
      send(HttpMethod.POST, address.resolve("/admin/demo/halt"), token);
    } catch (RestClientException e) {
      throw new UnavailableException("The instance does not answer, and may be starting.", e);
    }
  }

  private void send(HttpMethod method, URI call, String token) {
    http.method(method)
        .uri(call)
        .headers(headers -> headers.setBearerAuth(token))
        .retrieve()
        .toBodilessEntity();
  }

  private int number(String service, String name) {
    return numbersOf(service)
        .filter(number -> List.of(number + "", nameOf(service, number)).contains(name))
        .findFirst()
        .orElseThrow(DemoInstances::unknown);
  }

  private static NotFoundException unknown() {
    return new NotFoundException(
        ErrorCode.NOT_FOUND, "There is no instance of this service and name.");
  }

  private Stream<Integer> numbersOf(String service) {
    return IntStream.rangeClosed(1, of(service).size()).boxed();
  }

  private static String nameOf(String service, int number) {
    return service + "-" + number;
  }

  private List<URI> of(String service) {
    return service.equals("gateway")
        ? List.of(URI.create(here.url()))
        : behindTheGateway(service).map(addresses::of).orElse(List.of());
  }

  private static Optional<Service> behindTheGateway(String name) {
    return Stream.of(Service.values()).filter(service -> service.label().equals(name)).findFirst();
  }
}
