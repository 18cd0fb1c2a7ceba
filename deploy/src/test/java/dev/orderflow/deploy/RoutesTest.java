package dev.orderflow.deploy;

import static java.util.function.Predicate.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Service;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  /** A gRPC service by its full name, and the module that a route asks for it. */
  private record Route(String service, String module) {}

  /** Which only services may call. */
  private static final Set<String> INTERNAL =
      Set.of(
          "orderflow.payment.v1.PaymentService",
          "orderflow.command.v1.CommandService",
          "orderflow.ordering.v1.ContactService");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern SERVICE = Pattern.compile("(?m)^service (\\w+) ");
  private static final Pattern IMPLEMENTATION =
      Pattern.compile("extends (?:\\w+\\.)?(\\w+)ImplBase");

  private static final Set<String> DESCRIBED = described();

  private static final ManifestRule LEAD_TO_SERVICES =
      manifests ->
          Stream.of("HTTPRoute", "GRPCRoute")
              .flatMap(manifests::ofKind)
              .flatMap(RoutesTest::rules)
              .flatMap(rule -> elements(rule, "backendRefs"))
              .filter(backend -> !isThere(manifests, backend))
              .map(JsonObject::toString);

  private static final ManifestRule LEAD_TO_WHAT_IS_SERVED =
      manifests ->
          routes(manifests)
              .filter(route -> !isServed(route) || INTERNAL.contains(route.service()))
              .map(Route::toString);

  private static final ManifestRule TAKE_AWAY_TRACES =
      manifests ->
          manifests
              .ofKind("GRPCRoute")
              .flatMap(RoutesTest::rules)
              .filter(rule -> !removed(rule).containsAll(Set.of("traceparent", "tracestate")))
              .map(JsonObject::toString);

  private static final ManifestRule FORGET_NOTHING =
      manifests -> {
        var routed = routes(manifests).map(Route::service).collect(Collectors.toSet());
        return manifests.ofKind("GRPCRoute").findAny().isEmpty()
            ? Stream.of()
            : DESCRIBED.stream().filter(not(INTERNAL::contains)).filter(not(routed::contains));
      };

  @BeforeEach
  void thereAreRoutes() {
    assumeTrue(
        Rendering.all().stream()
            .anyMatch(rendering -> rendering.manifests().ofKind("GRPCRoute").findAny().isPresent()),
        "There are only routes where there is something to render them");
  }

  @Test
  void routesLeadToServices() {
    LEAD_TO_SERVICES.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "'backendRefs:\n    - name: gateway', 'backendRefs:\n    - name: door'",
    "'- name: query-side\n      port: 9090', '- name: query-side\n      port: 9091'"
  })
  void aRouteToNowhereIsNoticed(String words, String others) {
    LEAD_TO_SERVICES.isBrokenBy(words, others);
  }

  @Test
  void routesLeadWhereTheCallIsServedToClients() {
    LEAD_TO_WHAT_IS_SERVED.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "service: orderflow.ordering.v1.OrderService, service: orderflow.ordering.v1.OrderQueryService",
    "service: orderflow.ordering.v1.OrderService, service: orderflow.ordering.v2.OrderService",
    "service: orderflow.ordering.v1.OrderService, service: orderflow.payment.v1.PaymentService"
  })
  void aRouteToWhatIsNotServedIsNoticed(String words, String others) {
    LEAD_TO_WHAT_IS_SERVED.isBrokenBy(words, others);
  }

  @Test
  void routesTakeAwayWhatWouldHaveCallsFollowed() {
    TAKE_AWAY_TRACES.holds();
  }

  @Test
  void aTraceThatIsPassedOnIsNoticed() {
    TAKE_AWAY_TRACES.isBrokenBy("- traceparent", "- baggage");
  }

  @Test
  void allThatClientsMayCallIsRouted() {
    FORGET_NOTHING.holds();
  }

  @Test
  void whatIsNotRoutedIsNoticed() {
    FORGET_NOTHING.isBrokenBy(
        "service: inventory.InventoryService", "service: orderflow.inventory.v1.InventoryService");
  }

  private static Stream<Route> routes(Manifests manifests) {
    return manifests
        .ofKind("GRPCRoute")
        .flatMap(RoutesTest::rules)
        .flatMap(rule ->
            elements(rule, "matches")
                .map(match -> match.getAsJsonObject("method").get("service").getAsString())
                .flatMap(service ->
                    elements(rule, "backendRefs")
                        .map(backend -> new Route(service, backend.get("name").getAsString()))));
  }

  private static Set<String> removed(JsonObject rule) {
    return rule.has("filters")
        ? elements(rule, "filters")
            .filter(filter -> filter.has("requestHeaderModifier"))
            .flatMap(filter ->
                filter
                    .getAsJsonObject("requestHeaderModifier")
                    .getAsJsonArray("remove")
                    .asList()
                    .stream()
                    .map(JsonElement::getAsString))
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static Stream<JsonObject> rules(JsonObject route) {
    return elements(route.getAsJsonObject("spec"), "rules");
  }

  private static Stream<JsonObject> elements(JsonObject object, String name) {
    return object.getAsJsonArray(name).asList().stream().map(JsonElement::getAsJsonObject);
  }

  private static boolean isThere(Manifests manifests, JsonObject backend) {
    return manifests.all(V1Service.class).stream()
        .filter(
            service -> service.getMetadata().getName().equals(backend.get("name").getAsString()))
        .flatMap(service -> service.getSpec().getPorts().stream())
        .anyMatch(port -> port.getPort() == backend.get("port").getAsInt());
  }

  private static boolean isServed(Route route) {
    var simpleName = route.service().substring(route.service().lastIndexOf('.') + 1);
    return DESCRIBED.contains(route.service())
        && files(route.module() + "/src/main/java", ".java")
            .flatMap(source -> IMPLEMENTATION.matcher(source).results())
            .anyMatch(implementation -> implementation.group(1).equals(simpleName));
  }

  private static Set<String> described() {
    return files("proto/src/main/proto", ".proto")
        .flatMap(proto -> {
          var name = PACKAGE.matcher(proto).results().findFirst().orElseThrow().group(1);
          return SERVICE.matcher(proto).results().map(service -> name + "." + service.group(1));
        })
        .collect(Collectors.toSet());
  }

  private static Stream<String> files(String directory, String ending) {
    return ProjectFiles.filesBelow(ProjectFiles.ROOT.resolve(directory), ending)
        .map(ProjectFiles::read);
  }
}
