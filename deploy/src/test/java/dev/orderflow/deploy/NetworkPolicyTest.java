package dev.orderflow.deploy;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The NetworkPolicies allow what architecture.md draws between the containers, and nothing else.
 */
class NetworkPolicyTest {
  /** Who calls whom; the port is 0 where a drawing does not tell it. */
  private record Call(String from, String to, int port) {
    Call drawn() {
      return new Call(from, to, 0);
    }
  }

  private static final Pattern ARROW = Pattern.compile("\\s*([\\w &-]+?)\\s+-.*->\\s+(\\w+)\\s*");

  private static final String CLIENT = "client";

  /** What a cluster does for every program is not drawn. */
  private static final String CLUSTER = "cluster";

  /** Those in other namespaces, by the labels of the namespace and of the pods. */
  private static final Map<List<?>, String> FOREIGN =
      Map.of(
          Arrays.asList(Map.of("orderflow.dev/clients", "true"), null), CLIENT,
          Arrays.asList(Map.of("orderflow.dev/monitoring", "true"), null), CLUSTER,
          Arrays.asList(Map.of("kubernetes.io/metadata.name", "cnpg-system"), null), CLUSTER,
          List.of(
                  Map.of("kubernetes.io/metadata.name", "kube-system"),
                  Map.of("k8s-app", "kube-dns")),
              CLUSTER);

  private static final Map<String, String> NAMES =
      Map.of(
          "command", "command-side",
          "query", "query-side",
          "pg", "postgres",
          "idp", "identity-provider",
          "provider", "payment-provider",
          "smtp", "mail-server");

  /** These call nothing: an arrow that leaves one is a call in the other direction. */
  private static final Set<String> STORES = Set.of("postgres", "kafka", "redis");

  private static final Set<String> OUTSIDE =
      Set.of("identity-provider", "payment-provider", "mail-server");

  private static final List<Call> DRAWN = readDrawing();

  private static final ManifestRule OUTGOING =
      manifests ->
          difference(
              drawn(call -> isService(call.from()) && reaches(manifests, call.to())),
              outgoing(manifests).map(Call::drawn));

  private static final ManifestRule INCOMING =
      manifests ->
          difference(drawn(NetworkPolicyTest::isInside), incoming(manifests).map(Call::drawn));

  /** What one side allows and the other does not is a call that fails. */
  private static final ManifestRule AGREED =
      manifests ->
          difference(
              outgoing(manifests).filter(NetworkPolicyTest::isInside),
              incoming(manifests).filter(call -> !call.from().equals(CLIENT)));

  /** Stores are only called. */
  private static final ManifestRule CLOSED =
      manifests ->
          manifests.workloads().stream()
              .filter(workload ->
                  !policyTypes(manifests, workload)
                      .containsAll(
                          workload.isService() ? List.of("Ingress", "Egress") : List.of("Ingress")))
              .map(Workload::name);

  /** Without peers, Strimzi opens a listener to every pod. */
  private static final ManifestRule CLOSED_LISTENERS =
      manifests ->
          manifests
              .ofKind("Kafka")
              .map(Object::toString)
              .filter(kafka -> !kafka.contains("networkPolicyPeers\":[{"));

  @Test
  void theDrawingIsRead() {
    assertThat(DRAWN)
        .contains(
            new Call("client", "gateway", 0),
            new Call("gateway", "query-side", 0),
            new Call("query-side", "kafka", 0),
            new Call("saga", "mail-server", 0));
  }

  @Test
  void podsMakeTheCallsThatAreDrawn() {
    OUTGOING.holds();
  }

  @Test
  void podsTakeTheCallsThatAreDrawn() {
    INCOMING.holds();
  }

  @Test
  void bothSidesAllowTheSamePorts() {
    AGREED.holds();
  }

  @Test
  void noPodIsOpen() {
    CLOSED.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes.io/metadata.name: kube-system, kubernetes.io/metadata.name: default",
    "'to:\n    - podSelector:\n        matchLabels:\n          orderflow.dev/store: redis', 'to: []'",
    "'- port: 5432\n    to:\n    - podSelector:', '- port: 5432\n    to:\n    - namespaceSelector: {}\n      podSelector:'"
  })
  void aCallThatIsNotDrawnIsNoticed(String words, String others) {
    OUTGOING.isBrokenBy(words, others);
  }

  @ParameterizedTest
  @CsvSource({
    "orderflow.dev/clients: 'true', orderflow.dev/clients: 'false'",
    "'- podSelector:\n        matchLabels:\n          app.kubernetes.io/name: gateway', '- podSelector:\n        matchLabels:\n          app.kubernetes.io/name: stranger'",
    "'namespaceSelector:\n        matchLabels:\n          orderflow.dev/clients: ''true''', 'namespaceSelector: {}'",
    "'- podSelector:\n        matchLabels:\n          app.kubernetes.io/name: gateway', '- podSelector: {}'"
  })
  void aCallerThatIsNotDrawnIsNoticed(String words, String others) {
    INCOMING.isBrokenBy(words, others);
  }

  @Test
  void aPortThatOneSideDoesNotAllowIsNoticed() {
    AGREED.isBrokenBy("- port: 6379\n    to:", "- port: 6380\n    to:");
  }

  @ParameterizedTest
  @CsvSource({"- Egress, - Ingress", "- Ingress, - Egress"})
  void aPodThatIsOpenIsNoticed(String words, String others) {
    CLOSED.isBrokenBy(words, others);
  }

  @Test
  void tracesGoToTheCollectorOfTheMonitoringNamespaceAlone() {
    var monitoring =
        ProjectFiles.read("deploy/kubernetes/components/monitoring/network-policy.yaml");
    var policy = Manifests.parse(monitoring).all(V1NetworkPolicy.class).getFirst().getSpec();

    assertThat(policy.getPodSelector().getMatchLabels())
        .isEqualTo(Map.of("app.kubernetes.io/part-of", "orderflow"));
    assertThat(policy.getPolicyTypes()).contains("Egress");
    assertThat(policy.getEgress())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.getPorts())
              .extracting(port -> port.getPort().getIntValue())
              .containsExactly(4317, 4318);
          assertThat(rule.getTo())
              .singleElement()
              .satisfies(peer -> {
                assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .isEqualTo(Map.of("orderflow.dev/monitoring", "true"));
                assertThat(peer.getIpBlock()).isNull();
              });
        });
  }

  @Test
  void noListenerOfKafkaIsOpen() {
    CLOSED_LISTENERS.holds();
  }

  @Test
  void aListenerThatIsOpenIsNoticed() {
    assertThat(
            CLOSED_LISTENERS.violations(
                Manifests.parse("{kind: Kafka, spec: {kafka: {listeners: [{port: 9092}]}}}")))
        .isNotEmpty();
  }

  private static Set<String> policyTypes(Manifests manifests, Workload workload) {
    return policies(manifests)
        .map(V1NetworkPolicy::getSpec)
        .filter(policy -> workload.isSelectedBy(policy.getPodSelector().getMatchLabels()))
        .flatMap(policy -> policy.getPolicyTypes().stream())
        .collect(Collectors.toSet());
  }

  private static Stream<String> difference(Stream<Call> expected, Stream<Call> found) {
    var wanted = expected.collect(Collectors.toSet());
    var there = found.collect(Collectors.toSet());
    return Stream.concat(
        wanted.stream().filter(not(there::contains)).map(call -> "is missing: " + call),
        there.stream().filter(not(wanted::contains)).map(call -> "is too much: " + call));
  }

  private static Stream<Call> drawn(Predicate<Call> wanted) {
    return DRAWN.stream().filter(wanted);
  }

  private static boolean isService(String name) {
    return !STORES.contains(name) && !name.equals(CLIENT);
  }

  /** What is outside is only reached where a policy leads outside. */
  private static boolean reaches(Manifests manifests, String name) {
    return !OUTSIDE.contains(name) || manifests.yaml().contains("ipBlock:");
  }

  private static boolean isInside(Call call) {
    return !OUTSIDE.contains(call.to());
  }

  private static Stream<Call> outgoing(Manifests manifests) {
    return policies(manifests)
        .flatMap(policy ->
            Stream.ofNullable(policy.getSpec().getEgress())
                .flatMap(List::stream)
                .flatMap(rule -> peers(manifests, policy, rule.getTo(), rule.getPorts()))
                .flatMap(peer ->
                    pods(manifests, policy.getSpec().getPodSelector())
                        .map(from -> new Call(from, peer.name(), peer.port()))))
        .filter(NetworkPolicyTest::isDrawn);
  }

  private static Stream<Call> incoming(Manifests manifests) {
    return policies(manifests)
        .flatMap(policy ->
            Stream.ofNullable(policy.getSpec().getIngress())
                .flatMap(List::stream)
                .flatMap(rule -> peers(manifests, policy, rule.getFrom(), rule.getPorts()))
                .flatMap(peer ->
                    pods(manifests, policy.getSpec().getPodSelector())
                        .map(to -> new Call(peer.name(), to, peer.port()))))
        .filter(NetworkPolicyTest::isDrawn);
  }

  /** The instances of a store are one, as they are drawn. */
  private static boolean isDrawn(Call call) {
    return !call.from().equals(call.to())
        && !call.from().equals(CLUSTER)
        && !call.to().equals(CLUSTER);
  }

  private static Stream<V1NetworkPolicy> policies(Manifests manifests) {
    return manifests.all(V1NetworkPolicy.class).stream();
  }

  /**
   * One of those that a rule lets through, and where; no peers mean everybody, no ports every one.
   */
  private record Peer(String name, int port) {}

  private static Stream<Peer> peers(
      Manifests manifests,
      V1NetworkPolicy policy,
      @Nullable List<V1NetworkPolicyPeer> peers,
      @Nullable List<V1NetworkPolicyPort> ports) {
    var names =
        peers == null || peers.isEmpty()
            ? Stream.of("everybody")
            : peers.stream().flatMap(peer -> names(manifests, policy, peer));
    return ports == null || ports.isEmpty()
        ? names.map(name -> new Peer(name + ", at every port", 0))
        : names.flatMap(
            name -> ports.stream().map(port -> new Peer(name, port.getPort().getIntValue())));
  }

  private static Stream<String> names(
      Manifests manifests, V1NetworkPolicy policy, V1NetworkPolicyPeer peer) {
    if (peer.getIpBlock() != null) {
      return Stream.of(policy.getMetadata().getName());
    }
    if (peer.getNamespaceSelector() == null) {
      var pods = pods(manifests, peer.getPodSelector()).toList();
      return pods.isEmpty() ? Stream.of(peer.toString()) : pods.stream();
    }
    var namespace =
        Objects.requireNonNullElse(peer.getNamespaceSelector().getMatchLabels(), Map.of());
    var pods = peer.getPodSelector() == null ? null : peer.getPodSelector().getMatchLabels();
    return Stream.of(FOREIGN.getOrDefault(Arrays.asList(namespace, pods), peer.toString()));
  }

  private static Stream<String> pods(Manifests manifests, V1LabelSelector selector) {
    var labels = Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of());
    return manifests.podLabels().entrySet().stream()
        .filter(pod -> pod.getValue().entrySet().containsAll(labels.entrySet()))
        .map(Map.Entry::getKey);
  }

  private static List<Call> readDrawing() {
    var page = ProjectFiles.read("docs/architecture.md");
    var drawing = page.substring(page.indexOf("## Containers"), page.indexOf("## One order"));
    return drawing
        .lines()
        .map(ARROW::matcher)
        .filter(Matcher::matches)
        .flatMap(arrow ->
            Stream.of(arrow.group(1).split(" & "))
                .map(from -> arrow(name(from), name(arrow.group(2)))))
        .toList();
  }

  private static Call arrow(String from, String to) {
    return STORES.contains(from) ? new Call(to, from, 0) : new Call(from, to, 0);
  }

  private static String name(String drawn) {
    return NAMES.getOrDefault(drawn, drawn);
  }
}
