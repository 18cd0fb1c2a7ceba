package dev.orderflow.standalone.service;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One instance of a service and where it listens on 127.0.0.1.
 *
 * @param service as in {@code command-side}, which is also the name of its module
 * @param instance counted from 1
 * @param grpcPort 0 for a service that has no gRPC server
 * @param managementPort where its health and metrics are
 */
public record ServiceInstance(
    String service, int instance, int httpPort, int grpcPort, int managementPort) {
  /** Its health and metrics are beside its calls. */
  public ServiceInstance(String service, int instance, int httpPort, int grpcPort) {
    this(service, instance, httpPort, grpcPort, httpPort);
  }

  /** Its name within the platform. */
  public String name() {
    return service + "-" + instance;
  }

  /** The base address of its HTTP endpoints. */
  public String http() {
    return "http://127.0.0.1:" + httpPort;
  }

  /** The base address of its health and metrics. */
  public String management() {
    return "http://127.0.0.1:" + managementPort;
  }

  /** False when there is nothing at {@link #grpc}. */
  public boolean hasGrpc() {
    return grpcPort != 0;
  }

  /** Host and port of its gRPC server. */
  public String grpc() {
    return "127.0.0.1:" + grpcPort;
  }

  /** The base addresses of all instances of a service, separated by commas. */
  static String httpAddresses(List<ServiceInstance> all, String service) {
    return all.stream()
        .filter(instance -> instance.service.equals(service))
        .map(ServiceInstance::http)
        .collect(Collectors.joining(","));
  }

  /** The gRPC target that stands for all instances of a service. */
  static String grpcTarget(List<ServiceInstance> all, String service) {
    return all.stream()
        .filter(instance -> instance.service.equals(service))
        .map(ServiceInstance::grpc)
        .collect(Collectors.joining(",", "instances:///", ""));
  }
}
