package dev.orderflow.gateway.admin;

import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.admin.Part.Away;
import dev.orderflow.gateway.admin.Part.Refused;
import dev.orderflow.gateway.routing.Failover;
import dev.orderflow.gateway.routing.ForwardingProperties;
import dev.orderflow.gateway.routing.KnownInstances;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.tracing.Traces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks several instances at the same time, with the caller's token, and waits briefly: what does
 * not answer is away, which is an answer, too. To be called on the thread of the request.
 */
@Component
public final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MOST_BYTES_OF_A_PART = 1024 * 1024;

  private final HttpClient http;
  private final KnownInstances known;
  private final AdminProperties properties;
  private final ForwardingProperties forwarding;
  private final Traces traces;
  private final JsonMapper json;

  Parts(
      HttpClient callClient,
      KnownInstances known,
      AdminProperties properties,
      ForwardingProperties forwarding,
      Traces traces,
      JsonMapper json) {
    this.http = callClient;
    this.known = known;
    this.properties = properties;
    this.forwarding = forwarding;
    this.traces = traces;
    this.json = json;
  }

  /**
   * Reads from every instance of every service.
   *
   * @param path with the query, as in {@code /admin/overview}
   * @param type what their JSON is read as
   */
  public <T> List<Part<T>> ofAllInstances(String path, Class<T> type) {
    var question = reading(path);
    return all(
        Arrays.stream(Service.values())
            .flatMap(service ->
                known.present(service).stream()
                    .map(instance -> ask(service, List.of(instance), question, type))));
  }

  /**
   * Reads from one instance of each of these services: where that is away, from the next.
   *
   * @param path with the query
   * @param type what their JSON is read as
   */
  public <T> List<Part<T>> ofEach(Collection<Service> services, String path, Class<T> type) {
    return ofEach(services, reading(path), type);
  }

  /**
   * Has one instance of each of these services do something. Where that cannot be connected to, the
   * next; what else does not answer may have done it.
   *
   * @param body JSON
   * @param type what their JSON is read as
   */
  public <T> List<Part<T>> post(
      Collection<Service> services, String path, String body, Class<T> type) {
    var request =
        asCaller()
            .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
            .POST(BodyPublishers.ofString(body));
    return ofEach(services, new Question(HttpMethod.POST, path, request), type);
  }

  /**
   * What instances are asked.
   *
   * @param path with the query, from the base URL of each
   */
  private record Question(HttpMethod method, String path, HttpRequest.Builder request) {
    HttpRequest to(URI instance) {
      return request.copy().uri(instance.resolve(path)).build();
    }
  }

  private Question reading(String path) {
    return new Question(HttpMethod.GET, path, asCaller());
  }

  private HttpRequest.Builder asCaller() {
    var request =
        HttpRequest.newBuilder()
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + Caller.current().token())
            .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
    var trace = traces.header();
    return trace == null ? request : request.header(Traces.TRACEPARENT, trace);
  }

  private <T> List<Part<T>> ofEach(Collection<Service> services, Question question, Class<T> type) {
    return all(
        services.stream().map(service -> ask(service, known.inTurn(service), question, type)));
  }

  /** Asks all before it waits for the first. */
  private static <T> List<Part<T>> all(Stream<CompletableFuture<Part<T>>> parts) {
    return parts.toList().stream().map(CompletableFuture::join).toList();
  }

  private <T> CompletableFuture<Part<T>> ask(
      Service service, List<URI> instances, Question question, Class<T> type) {
    var instance = instances.getFirst();
    var exchange =
        http.sendAsync(
            question.to(instance),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES_OF_A_PART));
    return exchange
        .copy()
        .orTimeout(patience(question.method()).toNanos(), TimeUnit.NANOSECONDS)
        .thenApply(answer -> read(service, instance, answer, type))
        .exceptionallyCompose(thrown -> {
          exchange.cancel(true);
          var failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
          LOG.debug("{} of {} did not answer", instance, service.label(), failure);
          return instances.size() > 1 && Failover.mayGoElsewhere(question.method(), failure)
              ? ask(service, instances.subList(1, instances.size()), question, type)
              : CompletableFuture.completedFuture(new Away<>(service, instance));
        });
  }

  /** What changes something is waited for as any other call: it is done, however long it takes. */
  private Duration patience(HttpMethod method) {
    return method.equals(HttpMethod.GET) ? properties.patience() : forwarding.responseTimeout();
  }

  private <T> Part<T> read(
      Service service, URI instance, HttpResponse<byte[]> answer, Class<T> type) {
    var status = answer.statusCode();
    if (status >= 500 || status == TOO_MANY_REQUESTS) {
      LOG.debug("{} of {} answers {}", instance, service.label(), status);
      return new Away<>(service, instance);
    }
    return status < 300
        ? new Answered<>(service, instance, json.readValue(answer.body(), type))
        : new Refused<>(service, instance, status, answer.body());
  }
}
