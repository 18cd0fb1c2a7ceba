package dev.orderflow.deploy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an API server that knows the kinds would refuse: fields that are unknown, missing, or of
 * another type.
 */
final class StrictSchema {
  /** Kinds whose fields nobody has published for Java. */
  private static final Set<String> UNKNOWN = Set.of("postgresql.cnpg.io/v1/Cluster");

  private static final Map<String, Class<?>> OF_KUBERNETES =
      Map.of(
          "v1/Namespace", V1Namespace.class,
          "v1/ServiceAccount", V1ServiceAccount.class,
          "v1/ConfigMap", V1ConfigMap.class,
          "v1/Service", V1Service.class,
          "apps/v1/Deployment", V1Deployment.class,
          "apps/v1/StatefulSet", V1StatefulSet.class,
          "autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
          "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class);

  private static final Map<String, Class<?>> OF_OPERATORS =
      Map.of(
          "gateway.networking.k8s.io/v1/Gateway", Gateway.class,
          "gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class,
          "gateway.networking.k8s.io/v1/GRPCRoute", GRPCRoute.class,
          "monitoring.coreos.com/v1/PodMonitor", PodMonitor.class,
          "kafka.strimzi.io/v1/Kafka", Kafka.class,
          "kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class);

  private static final ObjectMapper OPERATORS =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NothingElse())
          .build();

  private StrictSchema() {}

  static String kindOf(JsonObject object) {
    return object.get("apiVersion").getAsString() + "/" + object.get("kind").getAsString();
  }

  static boolean isKnown(JsonObject object) {
    return !UNKNOWN.contains(kindOf(object));
  }

  /** What is wrong with an object of a known kind. */
  static Optional<String> error(JsonObject object) {
    var kind = kindOf(object);
    try {
      if (OF_KUBERNETES.get(kind) instanceof Class<?> model) {
        JSON.<Object>deserialize(object.toString(), model);
      } else if (OF_OPERATORS.get(kind) instanceof Class<?> model) {
        OPERATORS.readValue(object.toString(), model);
      } else {
        return Optional.of("Nothing is known of " + kind);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | JsonParseException | JacksonException e) {
      return Optional.of(kind + ": " + e.getMessage());
    }
  }

  /** The models keep what they do not know; here it is an error. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    @Override
    public @Nullable Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
