package dev.orderflow.e2e.platform;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code cluster.json}: where everything is, and which process it is. */
public record Cluster(
    Gateway gateway, List<Service> services, Postgres postgres, Redis redis, Kafka kafka) {
  public record Gateway(String url, String management, long pid) {}

  public record Service(String name, int instance, long pid, String http, @Nullable String grpc) {
    /** Calls it over gRPC. */
    public ManagedChannel channel() {
      return NettyChannelBuilder.forTarget("dns:///" + grpc).usePlaintext().build();
    }
  }

  public record Postgres(String jdbcUrl, String user, String password, long pid) {}

  public record Redis(String host, int port, long pid) {}

  public record Kafka(String bootstrapServers, long pid) {}

  static Cluster read(Path file) {
    try {
      return JsonMapper.shared().readValue(Files.readString(file), Cluster.class);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** The first instance of a service. */
  public Service service(String name) {
    return services.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** The base addresses of those that tell over HTTP whether they are ready, by name. */
  public Map<String, String> http() {
    var http = new TreeMap<String, String>();
    services.forEach(one -> http.put(one.name() + "-" + one.instance(), one.http()));
    http.put("gateway", gateway.management());
    return http;
  }

  /** Every process: the instances as in {@code saga-1}, the others by their name. */
  public Map<String, Long> pids() {
    var pids = new TreeMap<String, Long>();
    services.forEach(one -> pids.put(one.name() + "-" + one.instance(), one.pid()));
    pids.put("gateway", gateway.pid());
    pids.put("postgres", postgres.pid());
    pids.put("redis", redis.pid());
    pids.put("kafka", kafka.pid());
    return pids;
  }

  /** Where every process listens, under the same names. */
  public Map<String, String> addresses() {
    var addresses = new TreeMap<String, String>();
    services.forEach(
        one -> addresses.put(one.name() + "-" + one.instance(), one.http() + " " + one.grpc()));
    addresses.put("gateway", gateway.url());
    addresses.put("postgres", postgres.jdbcUrl());
    addresses.put("redis", redis.host() + ":" + redis.port());
    addresses.put("kafka", kafka.bootstrapServers());
    return addresses;
  }
}
