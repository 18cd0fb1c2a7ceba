package dev.orderflow.standalone.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.process.FreePorts;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.ProcessEvents;
import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.SupervisedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real servers, killed in every way. */
class InfrastructureIT {
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final Restarts restarts = new Restarts();
  private final Poll poll = new Poll();
  private final FreePorts ports = FreePorts.ofThisMachine();
  private Programs programs;
  private Secrets secrets;
  private Optional<SupervisedProcess> server = Optional.empty();

  @BeforeEach
  void prepare() throws IOException {
    directory = directory.toRealPath();
    programs = new Programs(BinaryCache.ofUser(directory.resolve("cache")));
    secrets = Secrets.in(directory.resolve("secrets.json"));
  }

  @AfterEach
  void stop() {
    server.ifPresent(running -> running.stop().join());
    poll.close();
  }

  @Test
  void postgres_keeps_what_it_has_acknowledged_when_it_is_killed() throws SQLException {
    var postgres = postgres();
    start(postgres.spec(log("postgres")));
    var databases = new PostgresDatabases(postgres);
    databases.provision(List.of("command_side"));
    execute(postgres, "CREATE TABLE t (n int)");
    execute(postgres, "INSERT INTO t VALUES (42)");

    killAndAwaitRestart("postgres");

    assertThat(query(postgres, "SELECT n FROM t")).isEqualTo("42");
    assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
    assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(query(postgres, "SHOW max_connections")).isEqualTo("60");
  }

  @Test
  void every_role_has_a_schema_of_its_own_and_finds_its_data_at_the_next_start()
      throws SQLException {
    var postgres = postgres();
    start(postgres.spec(log("postgres")));
    var databases = new PostgresDatabases(postgres);
    databases.provision(List.of("command_side", "query_side"));
    execute(postgres, "CREATE TABLE t AS SELECT 7 AS n");
    stopServer();

    start(postgres.spec(log("postgres")));
    databases.provision(List.of("command_side", "query_side", "saga"));

    assertThat(query(postgres, "SELECT n FROM t")).isEqualTo("7");
    assertThat(query(postgres, "SELECT current_schema() || ' ' || current_user"))
        .isEqualTo("command_side command_side");
    assertThat(query(postgres, "SELECT has_schema_privilege('query_side', 'USAGE')"))
        .isEqualTo("f");
    assertThat(query(postgres, "SELECT has_schema_privilege('command_side', 'CREATE')"))
        .isEqualTo("t");
  }

  @Test
  void a_pid_file_that_names_a_foreign_process_does_not_keep_postgres_from_starting()
      throws IOException, SQLException {
    var postgres = postgres();
    start(postgres.spec(log("postgres")));
    stopServer();
    Files.writeString(
        postgres.directory().resolve("postmaster.pid"),
        "%d%n%s%n0%n%d%n%n127.0.0.1%n"
            .formatted(ProcessHandle.current().pid(), postgres.directory(), postgres.port()));

    start(postgres.spec(log("postgres")));

    assertThat(ProcessHandle.current().isAlive()).isTrue();
    new PostgresDatabases(postgres).provision(List.of("command_side"));
    assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void kafka_keeps_its_records_over_a_kill_and_over_a_clean_stop_and_makes_no_topic_by_itself()
      throws ExecutionException, InterruptedException {
    var kafka = kafka();
    start(kafka.spec(log("kafka")));
    createTopic(kafka, "orders");
    send(kafka, "orders", "first");

    killAndAwaitRestart("kafka");
    send(kafka, "orders", "second");
    stopServer();
    start(kafka.spec(log("kafka")));

    assertThat(read(kafka, "orders", 2)).containsExactly("first", "second");
    try (var admin = admin(kafka)) {
      assertThat(admin.describeTopics(List.of("unknown")).allTopicNames())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void redis_is_back_on_its_port_when_it_is_killed() {
    var redis = new Redis(directory.resolve("redis"), ports.next(), programs);
    start(redis.spec(log("redis")));

    killAndAwaitRestart("redis");

    assertThat(FreePorts.ofThisMachine().take(redis.port())).isFalse();
  }

  @Test
  void redis_lets_go_of_what_is_asked_for_least_rather_than_grow() throws IOException {
    var redis = new Redis(directory.resolve("redis"), ports.next(), programs);
    start(redis.spec(log("redis")));

    assertThat(configurationOf(redis, "maxmemory")).contains("67108864");
    assertThat(configurationOf(redis, "maxmemory-policy")).contains("allkeys-lru");
  }

  private static String configurationOf(Redis redis, String name) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket
          .getOutputStream()
          .write("CONFIG GET %s\r\nQUIT\r\n".formatted(name).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Postgres postgres() {
    return new Postgres(directory.resolve("postgres"), ports.next(), 60, programs, secrets);
  }

  private Kafka kafka() {
    return new Kafka(
        directory.resolve("kafka"), ports.next(), ports.next(), directory.resolve("kafka.jsa"));
  }

  private LogFile log(String name) {
    return new LogFile(directory.resolve(name + ".log"));
  }

  private void start(ProcessSpec spec) {
    var process = new SupervisedProcess(spec, poll, restarts, Duration.ofMinutes(5));
    server = Optional.of(process);
    process.start().join();
  }

  private void stopServer() {
    server.orElseThrow().stop().join();
  }

  private void killAndAwaitRestart(String name) {
    restarts.running.get(name).destroyForcibly();
    await().atMost(HEALED_WITHIN).until(() -> restarts.ready.get() == 1);
  }

  private void execute(Postgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("orderflow"),
                "command_side",
                secrets.of(PostgresDatabases.secretOf("command_side")));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(Postgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("orderflow"),
                "command_side",
                secrets.of(PostgresDatabases.secretOf("command_side")));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Admin admin(Kafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port()));
  }

  private static void createTopic(Kafka kafka, String topic)
      throws ExecutionException, InterruptedException {
    try (var admin = admin(kafka)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static void send(Kafka kafka, String topic, String value)
      throws ExecutionException, InterruptedException {
    Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private static List<String> read(Kafka kafka, String topic, int count) {
    Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var values = new ArrayList<String>();
      await()
          .atMost(HEALED_WITHIN)
          .until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(one -> values.add(one.value()));
            return values.size() >= count;
          });
      return values;
    }
  }

  private static final class Restarts implements ProcessEvents {
    private final Map<String, ProcessHandle> running = new ConcurrentHashMap<>();
    private final AtomicInteger ready = new AtomicInteger();

    @Override
    public void started(ProcessSpec spec, ProcessHandle process) {
      running.put(spec.name(), process);
    }

    @Override
    public void ready(ProcessSpec spec, Duration took, boolean again) {
      if (again) {
        ready.incrementAndGet();
      }
    }

    @Override
    public void died(ProcessSpec spec, String cause, Duration delay) {
      // Nothing to tell anybody.
    }

    @Override
    public void held(ProcessSpec spec) {
      // Nothing is.
    }
  }
}
