package dev.orderflow.e2e.platform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platforms that tests run on; those with the same one share it. */
public enum Setup {
  /**
   * As it comes, with the demo catalog; it measures as in compose.observability.yaml, and follows
   * every request.
   */
  ONE_OF_EACH(
      List.of(),
      Map.of(
          "MANAGEMENT_METRICS_DISTRIBUTION_PERCENTILESHISTOGRAM_HTTP_SERVER_REQUESTS", "true",
          "MANAGEMENT_METRICS_DISTRIBUTION_PERCENTILESHISTOGRAM_GRPC_SERVER", "true",
          "ORDERFLOW_TRACING_MOST_PER_SECOND", "0",
          "ORDERFLOW_PAYMENT_SIMULATED_SLOW", "3s",
          "ORDERFLOW_INVENTORY_RESERVATION_TTL", "5s")),

  /**
   * Carries on the data of an earlier version. Orders wait less long for their payment than a slow
   * provider takes, and browsers are soon signed out. Every request is traced, and there is no
   * receiver of the spans.
   */
  IMPATIENT(
      List.of("--no-demo-data", "--no-demo-mode"),
      Map.of(
          "ORDERFLOW_TRACING_MOST_PER_SECOND", "0",
          "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", "http://127.0.0.1:1/v1/traces",
          // Long enough for all that is paid at once, also just after a start beside other
          // platforms.
          "ORDERFLOW_SAGA_PAYMENT_DEADLINE", "15s",
          "ORDERFLOW_PAYMENT_SIMULATED_SLOW", "19s",
          "ORDERFLOW_PAYMENT_PROVIDER_TIMEOUT", "22s",
          "ORDERFLOW_GATEWAY_SESSION_LIFETIME", "30s",
          // A test freezes a process for longer than it could be frozen by default.
          "ORDERFLOW_RESTART_PATIENCE", "60s"),
      EarlierData.OF_EACH_KIND),

  /**
   * Carries on what an earlier version has begun. Orders whose saga had not begun yet are older
   * than any patience by now: only the deadlines that were stored count.
   */
  CARRIES_ON(
      List.of("--no-demo-data"),
      Map.of("ORDERFLOW_SAGA_PAYMENT_DEADLINE", "36500d"),
      EarlierData.UNDER_WAY),

  /**
   * Strangers write to its topics, so what is there is not as the event store has it. A payment
   * that is not answered is given up soon. What they say of an order that is being paid has to be
   * heard meanwhile, also on a busy machine.
   */
  FORGED_RECORDS(
      List.of("--no-demo-data"),
      Map.of(
          "ORDERFLOW_SAGA_PAYMENT_DEADLINE", "25s",
          "ORDERFLOW_PAYMENT_SIMULATED_SLOW", "8s",
          "ORDERFLOW_PAYMENT_PROVIDER_TIMEOUT", "10s")),

  /** Two instances of each service, and polls at most once a minute; every request is followed. */
  TWO_OF_EACH_WITHOUT_POLLS(
      List.of("--command-side", "2", "--query-side", "2", "--saga", "2", "--no-demo-data"),
      Map.of(
          "ORDERFLOW_TRACING_MOST_PER_SECOND", "0",
          "ORDERFLOW_PAYMENT_SIMULATED_SLOW", "2s",
          "ORDERFLOW_PUBLICATION_FALLBACK_POLL", "60s",
          "ORDERFLOW_SAGA_TASK_POLL_INTERVAL", "60s",
          "ORDERFLOW_KAFKA_CHECK_INTERVAL", "60s",
          // Longer than a test that waits for it may take.
          "ORDERFLOW_STREAMS_HEARTBEAT", "10m")),

  /** Two instances of each service, as an operator would run them. */
  TWO_OF_EACH(
      List.of("--command-side", "2", "--query-side", "2", "--saga", "2", "--no-demo-data"),
      Map.of("ORDERFLOW_PAYMENT_SIMULATED_SLOW", "2s"));

  private final List<String> options;
  private final Map<String, String> environment;
  private final @Nullable String data;

  Setup(List<String> options, Map<String, String> environment) {
    this(options, environment, null);
  }

  Setup(List<String> options, Map<String, String> environment, @Nullable String data) {
    this.options = options;
    this.environment = environment;
    this.data = data;
  }

  /** Whether its topics hold what the event store does and nothing else. */
  public boolean isClean() {
    return this != FORGED_RECORDS;
  }

  List<String> options() {
    return options;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The resource whose data it starts with; empty when it starts with none. */
  Optional<String> data() {
    return Optional.ofNullable(data);
  }

  String directory() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
