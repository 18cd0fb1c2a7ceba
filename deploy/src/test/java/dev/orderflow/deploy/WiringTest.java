package dev.orderflow.deploy;

import static java.util.function.Predicate.not;

import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:/|BOOTSTRAP_SERVERS: )(?!localhost)([a-z-]+):(\\d{4})\\b");

  private static final ManifestRule SELECTED =
      manifests ->
          Stream.of(
                  manifests.all(V1Service.class).stream()
                      .map(service -> service.getSpec().getSelector()),
                  manifests.all(V1PodDisruptionBudget.class).stream()
                      .map(budget -> budget.getSpec().getSelector().getMatchLabels()),
                  manifests.workloads().stream().map(Workload::selector))
              .flatMap(selectors -> selectors)
              .filter(selector -> selecting(manifests, selector).size() != 1)
              .map(Object::toString);

  private static final ManifestRule PORTS =
      manifests ->
          manifests.all(V1Service.class).stream()
              .flatMap(service ->
                  service.getSpec().getPorts().stream()
                      .map(V1ServicePort::getTargetPort)
                      .filter(port ->
                          selecting(manifests, service.getSpec().getSelector()).stream()
                              .noneMatch(
                                  workload -> workload.portNames().contains(port.getStrValue())))
                      .map(port -> service.getMetadata().getName() + ": " + port));

  private static final ManifestRule ADDRESSES =
      manifests ->
          ADDRESS
              .matcher(manifests.yaml())
              .results()
              .filter(not(address -> answers(manifests, address)))
              .map(MatchResult::group);

  @Test
  void everySelectorMeetsTheLabelsOfOneWorkload() {
    SELECTED.holds();
  }

  @Test
  void aSelectorThatMeetsNothingIsNoticed() {
    SELECTED.isBrokenBy(
        "selector:\n    app.kubernetes.io/name: saga", "selector:\n    app.kubernetes.io/name: a");
  }

  @Test
  void labelsThatNothingSelectsAreNoticed() {
    SELECTED.isBrokenBy(
        "labels:\n        orderflow.dev/store: redis",
        "labels:\n        orderflow.dev/store: cache");
  }

  @Test
  void aSelectorThatMeetsTwoIsNoticed() {
    SELECTED.isBrokenBy("orderflow.dev/store: redis", "orderflow.dev/store: kafka");
  }

  @Test
  void everyServiceLeadsToAPortThatAContainerNames() {
    PORTS.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "targetPort: grpc, targetPort: rpc",
    "'containerPort: 6379\n          name: redis', containerPort: 6379"
  })
  void aPortThatLeadsNowhereIsNoticed(String words, String others) {
    PORTS.isBrokenBy(words, others);
  }

  @Test
  void everyAddressIsThatOfAService() {
    ADDRESSES.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "http://query-side:8080, http://queries:8080",
    "dns:///command-side:9090, dns:///command-side:9091",
    "SERVERS: kafka:9092, SERVERS: kafka:9094"
  })
  void anAddressThatNothingAnswersIsNoticed(String words, String others) {
    ADDRESSES.isBrokenBy(words, others);
  }

  private static List<Workload> selecting(Manifests manifests, Map<String, String> selector) {
    return manifests.workloads().stream()
        .filter(workload -> workload.isSelectedBy(selector))
        .toList();
  }

  private static boolean answers(Manifests manifests, MatchResult address) {
    var host = address.group(1);
    var port = Integer.parseInt(address.group(2));
    return manifests.all(V1Service.class).stream()
            .filter(service -> host.equals(service.getMetadata().getName()))
            .flatMap(service -> service.getSpec().getPorts().stream())
            .anyMatch(servicePort -> servicePort.getPort() == port)
        || ofOperators(manifests).anyMatch(address.group()::endsWith);
  }

  /** The Services that the operators of the stores make. */
  private static Stream<String> ofOperators(Manifests manifests) {
    return Stream.concat(
        manifests.names("Cluster").map(name -> name + "-rw:5432"),
        manifests.names("Kafka").map(name -> name + "-kafka-bootstrap:9092"));
  }
}
