package dev.orderflow.deploy;

import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.kubernetes.client.openapi.models.V2MetricSpec;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
  /** One more would have nothing to consume. */
  private static final int PARTITIONS = 8;

  /** The command side's pool has none for the signals of commits. */
  private static final int SIGNAL_CONNECTIONS = 2;

  private static final String OPERATIONS = ProjectFiles.read("docs/operations.md");

  private static final Pattern MAX_CONNECTIONS = Pattern.compile("max_connections(?:=|: ')(\\d+)");

  private static final ManifestRule TARGETS =
      manifests ->
          manifests.services().stream()
              .map(Workload::name)
              .filter(service ->
                  manifests.all(V2HorizontalPodAutoscaler.class).stream()
                      .map(scaler -> scaler.getSpec().getScaleTargetRef())
                      .noneMatch(target ->
                          target.getName().equals(service)
                              && target.getKind().equals("Deployment")
                              && target.getApiVersion().equals("apps/v1")));

  private static final ManifestRule ONE_HAND_ON_REPLICAS =
      manifests ->
          manifests.services().stream()
              .filter(workload -> workload.replicas() != null)
              .map(Workload::name);

  private static final ManifestRule DISRUPTION =
      manifests ->
          manifests.services().stream()
              .filter(workload -> !isDisruptedOneByOne(manifests, workload))
              .map(Workload::name);

  private static final ManifestRule PARTITIONED =
      manifests ->
          manifests.all(V2HorizontalPodAutoscaler.class).stream()
              .filter(scaler -> Stream.of("query-side", "saga").anyMatch(target(scaler)::equals))
              .filter(scaler -> scaler.getSpec().getMaxReplicas() > PARTITIONS)
              .map(ScalingTest::target);

  private static final ManifestRule MEASURED =
      manifests ->
          manifests.all(V2HorizontalPodAutoscaler.class).stream()
              .flatMap(scaler -> scaler.getSpec().getMetrics().stream())
              .filter(metric -> !isMeasured(metric))
              .map(Object::toString);

  private static final ManifestRule CONNECTED =
      manifests -> {
        var most =
            manifests.all(V2HorizontalPodAutoscaler.class).stream()
                .mapToInt(scaler -> connections(manifests, scaler))
                .sum();
        var found = MAX_CONNECTIONS.matcher(manifests.yaml());
        var limit = found.find() ? Integer.parseInt(found.group(1)) : 0;
        return most < limit
            ? Stream.of()
            : Stream.of("%d connections of at most %d".formatted(most, limit));
      };

  @Test
  void everyServiceIsScaled() {
    TARGETS.holds();
  }

  @Test
  void aServiceThatIsNotScaledIsNoticed() {
    TARGETS.isBrokenBy("kind: Deployment\n    name: saga", "kind: Deployment\n    name: sagas");
  }

  @Test
  void nothingElseSaysHowManyThereAre() {
    ONE_HAND_ON_REPLICAS.holds();
  }

  @Test
  void replicasBesideAScalerAreNoticed() {
    ONE_HAND_ON_REPLICAS.isBrokenBy(
        "spec:\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: saga\n  strategy",
        "spec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: saga\n"
            + "  strategy");
  }

  @Test
  void aDisruptionTakesOneAndLeavesOne() {
    DISRUPTION.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "minReplicas: 2, minReplicas: 1",
    "maxUnavailable: 1, maxUnavailable: 2",
    "maxUnavailable: 1, maxUnavailable: 0",
    "maxUnavailable: 1, minAvailable: 2"
  })
  void aDisruptionThatTakesAllOrNoneIsNoticed(String words, String others) {
    DISRUPTION.isBrokenBy(words, others);
  }

  @Test
  void thereAreNoMoreConsumersThanPartitions() {
    PARTITIONED.holds();
  }

  @Test
  void moreConsumersAreNoticed() {
    PARTITIONED.isBrokenBy("maxReplicas: 4", "maxReplicas: 9");
  }

  @Test
  void whatIsScaledByIsAMetricThatIsDescribed() {
    MEASURED.holds();
  }

  @Test
  void aMetricThatIsNotDescribedIsNoticed() {
    MEASURED.isBrokenBy("name: cpu", "name: memory");
    MEASURED.isBrokenBy("type: Resource", "type: External");
  }

  @Test
  void theDatabaseHasAConnectionForEveryPool() {
    CONNECTED.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "maxReplicas: 4, maxReplicas: 6",
    "max_connections=300, max_connections=100",
    "maxSurge: 1, maxSurge: 3"
  })
  void tooFewConnectionsAreNoticed(String words, String others) {
    CONNECTED.isBrokenBy(words, others);
  }

  private static boolean isMeasured(V2MetricSpec metric) {
    return switch (metric.getType()) {
      case "Resource" -> metric.getResource().getName().equals("cpu");
      case "Pods" -> OPERATIONS.contains("`" + metric.getPods().getMetric().getName() + "`");
      default -> false;
    };
  }

  private static String target(V2HorizontalPodAutoscaler scaler) {
    return scaler.getSpec().getScaleTargetRef().getName();
  }

  private static boolean isDisruptedOneByOne(Manifests manifests, Workload workload) {
    var fewest =
        manifests.all(V2HorizontalPodAutoscaler.class).stream()
            .filter(scaler -> target(scaler).equals(workload.name()))
            .mapToInt(scaler -> scaler.getSpec().getMinReplicas())
            .findFirst()
            .orElseThrow();
    return fewest > 1
        && manifests.all(V1PodDisruptionBudget.class).stream()
                .map(budget -> Objects.requireNonNull(budget.getSpec()))
                .filter(budget -> workload.isSelectedBy(budget.getSelector().getMatchLabels()))
                .filter(budget -> budget.getMaxUnavailable() != null)
                .filter(budget -> budget.getMaxUnavailable().getIntValue() == 1)
                .count()
            == 1;
  }

  /** With all instances there may be, and those that replace them during a rollout. */
  private static int connections(Manifests manifests, V2HorizontalPodAutoscaler scaler) {
    var service = target(scaler);
    if (service.equals("gateway")) {
      return 0;
    }
    var surge =
        manifests.all(V1Deployment.class).stream()
            .filter(deployment -> deployment.getMetadata().getName().equals(service))
            .map(deployment -> deployment.getSpec().getStrategy().getRollingUpdate().getMaxSurge())
            .findFirst()
            .orElseThrow()
            .getIntValue();
    var pool = ServiceSettings.of(service).number("spring.datasource.hikari.maximum-pool-size");
    var each = service.equals("command-side") ? pool + SIGNAL_CONNECTIONS : pool;
    return (scaler.getSpec().getMaxReplicas() + surge) * each;
  }
}
