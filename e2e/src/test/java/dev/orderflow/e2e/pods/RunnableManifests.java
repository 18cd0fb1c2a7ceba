package dev.orderflow.e2e.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What is done here of what manifests can say. A field that is neither a component of these records
 * nor among the ignored ones, each with its reason, cannot be read: passed over, it would be taken
 * for proven.
 */
record RunnableManifests(
    List<Workload> workloads,
    List<Service> services,
    Map<String, Map<String, String>> configMaps,
    Map<String, Map<String, byte[]>> secrets) {
  /** Needs a scheduler, a controller, an API or a network that enforces something. */
  private static final Set<String> NOT_RUN =
      Set.of("Namespace", "ServiceAccount", "PodDisruptionBudget", "NetworkPolicy");

  private static final ObjectMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // What has another default than false or 0 must be written.
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withConfigOverride(List.class, RunnableManifests::emptyUnlessWritten)
          .withConfigOverride(Map.class, RunnableManifests::emptyUnlessWritten)
          .build();

  private static void emptyUnlessWritten(MutableConfigOverride collection) {
    collection.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  static RunnableManifests parse(String yaml) {
    var workloads = new ArrayList<Workload>();
    var services = new ArrayList<Service>();
    var replicas = new HashMap<String, Integer>();
    var configMaps = new HashMap<String, Map<String, String>>();
    var secrets = new HashMap<String, Map<String, byte[]>>();
    for (var object : MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll()) {
      var kind = object.path("kind").asString();
      switch (kind) {
        case "Deployment", "StatefulSet" -> workloads.add(read(object, Workload.class));
        case "Service" -> services.add(read(object, Service.class));
        case "HorizontalPodAutoscaler" -> {
          var spec = read(object, Autoscaler.class).spec;
          replicas.put(spec.scaleTargetRef.name, spec.minReplicas);
        }
        case "ConfigMap" -> {
          var map = read(object, ConfigMap.class);
          configMaps.put(map.metadata.name, map.data);
        }
        case "Secret" -> {
          var secret = read(object, Secret.class);
          secrets.put(secret.metadata.name, secret.data);
        }
        default -> assertThat(NOT_RUN).contains(kind);
      }
    }
    workloads.replaceAll(workload -> workload.scaledBy(replicas));
    return new RunnableManifests(workloads, services, configMaps, secrets);
  }

  Map<String, String> configMap(String name) {
    return Objects.requireNonNull(configMaps.get(name), name);
  }

  /** {@code 1Gi}, which Docker writes as {@code 1G}. */
  private static String dockers(String quantity) {
    assertThat(quantity).endsWith("i");
    return quantity.substring(0, quantity.length() - 1);
  }

  private static <T> T read(JsonNode object, Class<T> model) {
    return MAPPER.treeToValue(object, model);
  }

  @JsonIgnoreProperties("namespace") // There is one.
  record Metadata(@Nullable String name, Map<String, String> labels) {}

  record Workload(String apiVersion, String kind, Metadata metadata, WorkloadSpec spec) {
    String name() {
      return Objects.requireNonNull(metadata.name);
    }

    boolean isStateful() {
      return kind.equals("StatefulSet");
    }

    PodSpec pod() {
      return spec.template.spec;
    }

    Container container() {
      return pod().containers.getFirst();
    }

    boolean isSelectedBy(Service service) {
      return spec.template.metadata.labels.entrySet().containsAll(service.spec.selector.entrySet());
    }

    int replicas() {
      return Objects.requireNonNull(spec.replicas, "replicas, or an autoscaler");
    }

    private Workload scaledBy(Map<String, Integer> replicas) {
      return spec.replicas == null
          ? new Workload(apiVersion, kind, metadata, spec.scaledTo(replicas.get(name())))
          : this;
    }
  }

  @JsonIgnoreProperties({
    "selector", // Who a pod belongs to is known.
    "serviceName", // The Service has the name itself.
    "strategy" // No rollout is made.
  })
  record WorkloadSpec(
      @Nullable Integer replicas, PodTemplate template, List<Claim> volumeClaimTemplates) {
    private WorkloadSpec scaledTo(@Nullable Integer replicas) {
      return new WorkloadSpec(replicas, template, volumeClaimTemplates);
    }
  }

  record PodTemplate(Metadata metadata, PodSpec spec) {}

  @JsonIgnoreProperties({
    "serviceAccountName", // Nothing here would ask for it.
    "topologySpreadConstraints" // There is one node.
  })
  record PodSpec(
      boolean automountServiceAccountToken,
      boolean enableServiceLinks,
      @Nullable Integer terminationGracePeriodSeconds,
      PodSecurity securityContext,
      List<Container> containers,
      List<Volume> volumes) {
    PodSpec {
      assertThat(automountServiceAccountToken || enableServiceLinks)
          .as("what is not done")
          .isFalse();
      assertThat(containers).hasSize(1);
    }

    int graceSeconds() {
      return Objects.requireNonNullElse(terminationGracePeriodSeconds, 30);
    }
  }

  record PodSecurity(
      boolean runAsNonRoot,
      int runAsUser,
      int runAsGroup,
      @Nullable Integer fsGroup,
      Seccomp seccompProfile) {
    PodSecurity {
      assertThat(!runAsNonRoot || runAsUser > 0).as("not root").isTrue();
    }

    int volumesGroup() {
      return Objects.requireNonNullElse(fsGroup, 0);
    }
  }

  record Seccomp(String type) {
    Seccomp {
      assertThat(type).as("Docker's own").isEqualTo("RuntimeDefault");
    }
  }

  record Container(
      String name,
      String image,
      List<String> command,
      List<String> args,
      List<Variable> env,
      List<ConfigMapSource> envFrom,
      List<Port> ports,
      Resources resources,
      @Nullable Probe startupProbe,
      @Nullable Probe livenessProbe,
      @Nullable Probe readinessProbe,
      @Nullable Lifecycle lifecycle,
      ContainerSecurity securityContext,
      List<Mount> volumeMounts) {
    int preStopSeconds() {
      return lifecycle == null ? 0 : lifecycle.preStop.sleep.seconds;
    }

    int port(String name) {
      return ports.stream()
          .filter(port -> port.name.equals(name))
          .mapToInt(Port::containerPort)
          .findFirst()
          .orElseThrow();
    }
  }

  record Variable(String name, @Nullable String value, @Nullable ValueSource valueFrom) {}

  record ValueSource(FieldRef fieldRef) {}

  record FieldRef(String fieldPath) {
    FieldRef {
      assertThat(fieldPath).as("what a pod can know of itself").isEqualTo("metadata.name");
    }
  }

  record ConfigMapSource(Reference configMapRef) {}

  record Reference(String name) {}

  record Port(String name, int containerPort) {}

  @JsonIgnoreProperties("requests") // The scheduler's.
  record Resources(Limits limits) {}

  record Limits(String memory) {
    String dockersMemory() {
      return dockers(memory);
    }
  }

  record Lifecycle(PreStop preStop) {}

  record PreStop(Sleep sleep) {}

  record Sleep(int seconds) {}

  record ContainerSecurity(
      boolean allowPrivilegeEscalation,
      boolean readOnlyRootFilesystem,
      Capabilities capabilities) {}

  record Capabilities(List<String> drop) {}

  record Mount(String name, String mountPath, @Nullable Boolean readOnly) {}

  record Volume(
      String name,
      @Nullable EmptyDir emptyDir,
      @Nullable ConfigMapVolume configMap,
      @Nullable Projected projected) {}

  record EmptyDir(@Nullable String medium, @Nullable String sizeLimit) {
    EmptyDir {
      assertThat(sizeLimit == null).as("a disk has no limit here").isEqualTo(medium == null);
    }

    boolean isMemory() {
      return medium != null;
    }

    String size() {
      return dockers(Objects.requireNonNull(sizeLimit));
    }
  }

  record ConfigMapVolume(String name, int defaultMode) {}

  record Projected(int defaultMode, List<Source> sources) {}

  record Source(SecretSource secret) {}

  record SecretSource(String name, List<Item> items, @Nullable Boolean optional) {}

  record Item(String key, String path) {}

  @JsonIgnoreProperties("spec") // The size is not limited, and there is one node.
  record Claim(Reference metadata) {}

  record Probe(
      @Nullable HttpGet httpGet,
      @Nullable TcpSocket tcpSocket,
      @Nullable Exec exec,
      @Nullable Integer periodSeconds,
      @Nullable Integer timeoutSeconds,
      @Nullable Integer failureThreshold) {
    int period() {
      return Objects.requireNonNullElse(periodSeconds, 10);
    }

    int timeout() {
      return Objects.requireNonNullElse(timeoutSeconds, 1);
    }

    int threshold() {
      return Objects.requireNonNullElse(failureThreshold, 3);
    }
  }

  record HttpGet(String path, String port) {}

  record TcpSocket(String port) {}

  record Exec(List<String> command) {}

  record Service(String apiVersion, String kind, Metadata metadata, ServiceSpec spec) {
    String name() {
      return Objects.requireNonNull(metadata.name);
    }
  }

  @JsonIgnoreProperties("clusterIP") // Each name stands for all its pods, as a headless one does.
  record ServiceSpec(
      Map<String, String> selector,
      List<ServicePort> ports,
      @Nullable Boolean publishNotReadyAddresses) {}

  @JsonIgnoreProperties("appProtocol") // A word to proxies.
  record ServicePort(String name, int port, String targetPort) {}

  record Autoscaler(String apiVersion, String kind, Metadata metadata, AutoscalerSpec spec) {}

  @JsonIgnoreProperties({"maxReplicas", "metrics", "behavior"}) // Nothing is scaled.
  record AutoscalerSpec(ScaleTarget scaleTargetRef, int minReplicas) {}

  record ScaleTarget(String apiVersion, String kind, String name) {}

  record ConfigMap(String apiVersion, String kind, Metadata metadata, Map<String, String> data) {}

  record Secret(
      String apiVersion, String kind, Metadata metadata, String type, Map<String, byte[]> data) {}
}
