package dev.orderflow.deploy;

import static java.util.function.Predicate.not;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1Probe;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodsTest {
  /** The pod security standard "restricted", and more: nothing is written but into volumes. */
  private static final ManifestRule RESTRICTED =
      manifests ->
          Stream.concat(
              pods(manifests, PodsTest::runsAsNobodySpecial),
              containers(manifests, (workload, container) -> isConfined(container)));

  private static final ManifestRule NAMESPACE_ENFORCES_IT =
      manifests ->
          manifests
              .ofKind("Namespace")
              .filter(namespace ->
                  !namespace
                      .toString()
                      .contains("\"pod-security.kubernetes.io/enforce\":\"restricted\""))
              .map(Object::toString);

  private static final ManifestRule NO_TOKEN_OF_THE_CLUSTER =
      manifests ->
          pods(
              manifests,
              workload ->
                  Boolean.FALSE.equals(workload.pod().getAutomountServiceAccountToken())
                      && (!workload.isService()
                          || workload.name().equals(workload.pod().getServiceAccountName())));

  private static final ManifestRule TAGGED =
      manifests ->
          containers(
              manifests,
              (workload, container) ->
                  container.getImage().matches("[^:@]+(:\\d+/[^:@]+)?:[\\w.-]+")
                      && !container.getImage().endsWith(":latest"));

  private static final ManifestRule SIZED =
      manifests -> containers(manifests, (workload, container) -> isSized(container));

  private static final ManifestRule PROBED =
      manifests ->
          manifests.services().stream()
              .filter(not(PodsTest::isProbedAsItAnswers))
              .map(Workload::name);

  private static final ManifestRule NAMED =
      manifests ->
          manifests.services().stream()
              .filter(workload ->
                  workload
                      .containers()
                      .flatMap(container -> container.getEnv().stream())
                      .filter(variable -> variable.getName().equals("ORDERFLOW_INSTANCE"))
                      .map(variable -> variable.getValueFrom().getFieldRef().getFieldPath())
                      .noneMatch("metadata.name"::equals))
              .map(Workload::name);

  private static final ManifestRule DRAINED =
      manifests ->
          manifests.services().stream()
              .filter(workload ->
                  workload.pod().getTerminationGracePeriodSeconds()
                      <= secondsBeforeSigterm(workload)
                          + ServiceSettings.of(workload.name())
                              .duration("spring.lifecycle.timeout-per-shutdown-phase")
                              .toSeconds())
              .map(Workload::name);

  @Test
  void podsAreRestricted() {
    RESTRICTED.holds();
    NAMESPACE_ENFORCES_IT.holds();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runAsNonRoot: true              | runAsNonRoot: false",
        "runAsUser: 10001                | runAsUser: 0",
        "type: RuntimeDefault            | type: Unconfined",
        "allowPrivilegeEscalation: false | allowPrivilegeEscalation: true",
        "readOnlyRootFilesystem: true    | readOnlyRootFilesystem: false",
        "- ALL                           | - NET_RAW",
        "'emptyDir: {}'                  | 'hostPath: {path: /var}'",
        "enableServiceLinks: false       | hostNetwork: true"
      })
  void whatIsNotRestrictedIsNoticed(String words, String others) {
    RESTRICTED.isBrokenBy(words, others);
  }

  @Test
  void aNamespaceThatEnforcesLessIsNoticed() {
    NAMESPACE_ENFORCES_IT.isBrokenBy("enforce: restricted", "enforce: baseline");
  }

  @Test
  void podsHaveNoTokenOfTheCluster() {
    NO_TOKEN_OF_THE_CLUSTER.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "automountServiceAccountToken: false, automountServiceAccountToken: true",
    "serviceAccountName: saga, serviceAccountName: default"
  })
  void aTokenOfTheClusterIsNoticed(String words, String others) {
    NO_TOKEN_OF_THE_CLUSTER.isBrokenBy(words, others);
  }

  @Test
  void imagesHaveTags() {
    TAGGED.holds();
  }

  @ParameterizedTest
  @CsvSource({"redis:8, redis:latest", "redis:8, redis", "redis:8, registry:5000/redis"})
  void anImageThatMayChangeIsNoticed(String words, String others) {
    TAGGED.isBrokenBy("image: " + words, "image: " + others);
  }

  @Test
  void containersAskForWhatTheyNeedAndHaveALimitOfMemory() {
    SIZED.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "cpu: 500m, ephemeral-storage: 1Gi",
    "'requests:\n            cpu: 500m\n            memory: 1Gi', 'requests:\n            cpu: 500m'",
    "'limits:\n            memory: 1Gi', 'limits: {}'",
    "'limits:\n            memory: 1Gi', 'limits:\n            cpu: 1\n            memory: 1Gi'"
  })
  void aContainerWithoutIsNoticed(String words, String others) {
    SIZED.isBrokenBy(words, others);
  }

  @Test
  void servicesAreProbedWhereTheyAnswer() {
    PROBED.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "path: /actuator/health/readiness, path: /actuator/health",
    "path: /actuator/health/liveness, path: /health",
    "port: http, port: grpc",
    "containerPort: 8080, containerPort: 8082"
  })
  void aProbeThatAsksElsewhereIsNoticed(String words, String others) {
    PROBED.isBrokenBy(words, others);
  }

  @Test
  void instancesHaveTheNamesOfTheirPods() {
    NAMED.holds();
  }

  @Test
  void anInstanceWithAnotherNameIsNoticed() {
    NAMED.isBrokenBy("fieldPath: metadata.name", "fieldPath: metadata.namespace");
  }

  @Test
  void servicesHaveTimeToEndWhatIsUnderWay() {
    DRAINED.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "terminationGracePeriodSeconds: 45, terminationGracePeriodSeconds: 15",
    "seconds: 5, seconds: 40"
  })
  void tooLittleTimeIsNoticed(String words, String others) {
    DRAINED.isBrokenBy(words, others);
  }

  private static boolean runsAsNobodySpecial(Workload workload) {
    var pod = workload.pod();
    var context = Objects.requireNonNull(pod.getSecurityContext());
    return Boolean.TRUE.equals(context.getRunAsNonRoot())
        && context.getRunAsUser() != 0
        && (!workload.isService() || context.getRunAsUser() == 10001)
        && context.getSeccompProfile().getType().equals("RuntimeDefault")
        && Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC())
            .noneMatch(Boolean.TRUE::equals)
        && Stream.ofNullable(pod.getVolumes())
            .flatMap(List::stream)
            .allMatch(volume -> volume.getHostPath() == null);
  }

  private static boolean isConfined(V1Container container) {
    var context = Objects.requireNonNull(container.getSecurityContext());
    return Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())
        && Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())
        && context.getPrivileged() == null
        && context.getRunAsUser() == null
        && context.getCapabilities().getDrop().contains("ALL")
        && Objects.requireNonNullElse(context.getCapabilities().getAdd(), List.of()).isEmpty();
  }

  private static boolean isSized(V1Container container) {
    var requests = container.getResources().getRequests();
    var limits = container.getResources().getLimits();
    return requests != null
        && limits != null
        && requests.containsKey("cpu")
        && requests.containsKey("memory")
        && limits.containsKey("memory")
        && !limits.containsKey("cpu");
  }

  private static boolean isProbedAsItAnswers(Workload workload) {
    return workload
        .containers()
        .allMatch(container ->
            asks(container, container.getStartupProbe(), "/actuator/health/liveness")
                && asks(container, container.getLivenessProbe(), "/actuator/health/liveness")
                && asks(container, container.getReadinessProbe(), "/actuator/health/readiness"));
  }

  private static boolean asks(V1Container container, @Nullable V1Probe probe, String path) {
    var get = probe == null ? null : probe.getHttpGet();
    var expected = container.getName().equals("gateway") ? 8081 : 8080;
    return get != null && path.equals(get.getPath()) && portOf(container, get) == expected;
  }

  private static int portOf(V1Container container, V1HTTPGetAction get) {
    return container.getPorts().stream()
        .filter(port -> port.getName().equals(get.getPort().getStrValue()))
        .mapToInt(V1ContainerPort::getContainerPort)
        .findFirst()
        .orElse(0);
  }

  private static long secondsBeforeSigterm(Workload workload) {
    return workload
        .containers()
        .mapToLong(container -> container.getLifecycle().getPreStop().getSleep().getSeconds())
        .max()
        .orElseThrow();
  }

  private static Stream<String> pods(Manifests manifests, Predicate<Workload> rule) {
    return manifests.workloads().stream().filter(not(rule)).map(Workload::name);
  }

  private static Stream<String> containers(
      Manifests manifests, BiPredicate<Workload, V1Container> rule) {
    return manifests.workloads().stream()
        .flatMap(workload ->
            workload
                .containers()
                .filter(container -> !rule.test(workload, container))
                .map(container -> workload.name() + ", " + container.getImage()));
  }
}
