package dev.orderflow.standalone.infrastructure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker in KRaft mode that is its own controller; the main class of a process of its
 * own.
 */
final class KafkaBroker {
  /** Fixed, so that the storage of a data directory always belongs to the cluster that opens it. */
  private static final String CLUSTER_ID = "T3JkZXJmbG93TG9jYWwwMQ";

  private KafkaBroker() {}

  /** The file that the broker makes once it serves; to be removed before it starts again. */
  static Path readyFile(Path directory) {
    return directory.resolve("ready");
  }

  /** Runs until SIGTERM. Arguments: directory, port of the broker, port of the controller. */
  public static void main(String[] arguments) throws IOException {
    var directory = Path.of(arguments[0]);
    var settings =
        settings(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    format(directory, settings);
    var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
    server.startup();
    Files.createFile(readyFile(directory));
    server.awaitShutdown();
  }

  private static Properties settings(Path directory, int port, int controllerPort) {
    var settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", directory.resolve("logs").toString());

    // One broker holds the only copy of everything.
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");

    // Services make their topics, with their own settings; events are kept.
    settings.put("auto.create.topics.enable", "false");
    settings.put("log.retention.ms", "-1");
    settings.put("offsets.retention.minutes", Integer.toString(365 * 24 * 60));

    // Consumers that die are replaced after three seconds, and new ones need not wait for company.
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.consumer.min.session.timeout.ms", "1000");
    settings.put("group.consumer.session.timeout.ms", "3000");
    settings.put("group.consumer.min.heartbeat.interval.ms", "500");
    settings.put("group.consumer.heartbeat.interval.ms", "500");

    // A broker that comes back after a kill is let in only when its former self has been given up.
    settings.put("broker.heartbeat.interval.ms", "400");
    settings.put("broker.session.timeout.ms", "2000");

    // Small: this machine runs everything else too.
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "4");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    return settings;
  }

  private static void format(Path directory, Properties settings) throws IOException {
    if (Files.exists(Path.of(settings.getProperty("log.dirs"), "meta.properties"))) {
      return;
    }
    var file = directory.resolve("server.properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    var messages = new ByteArrayOutputStream();
    var result =
        StorageTool.execute(
            new String[] {"format", "-t", CLUSTER_ID, "-c", file.toString(), "--ignore-formatted"},
            new PrintStream(messages, true, StandardCharsets.UTF_8));
    if (result != 0) {
      throw new IOException(
          "The storage could not be formatted: " + messages.toString(StandardCharsets.UTF_8));
    }
  }
}
