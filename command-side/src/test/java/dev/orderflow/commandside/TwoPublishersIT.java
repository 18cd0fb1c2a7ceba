package dev.orderflow.commandside;

import static dev.orderflow.commandside.PublishedProducts.awaitLive;
import static dev.orderflow.commandside.PublishedProducts.awaitPublished;
import static dev.orderflow.commandside.PublishedProducts.product;
import static dev.orderflow.commandside.PublishedProducts.published;
import static dev.orderflow.commandside.PublishedProducts.republish;
import static dev.orderflow.commandside.PublishedProducts.traces;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two instances, of which one publishes what both commit, for as long as nobody ends them. */
class TwoPublishersIT {
  private static final TestPostgres.Database DATABASE = TestPostgres.newDatabase();
  private static final JdbcClient JDBC = JdbcClient.create(DATABASE.dataSource());
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static Instance first;
  private static Instance second;

  @BeforeAll
  static void start() {
    // In so long no poll makes up for a signal that does not come.
    var fallbackPoll = "--orderflow.publication.fallback-poll=10m";
    first = Instance.start(DATABASE, fallbackPoll);
    second = Instance.start(DATABASE, fallbackPoll);
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  @BeforeEach
  void no_repetition_of_another_test_goes_on() {
    awaitLive(first);
    awaitLive(second);
  }

  @Test
  void an_instance_that_does_not_publish_wakes_the_one_that_does() {
    for (var instance : List.of(first, second, first, second)) {
      awaitPublished(product(instance));
    }
  }

  @Test
  void signals_come_again_after_the_connection_that_carries_them_was_killed() {
    awaitPublished(product(second));
    JDBC.sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'orderflow-commit-signals' AND datname = current_database()\
            """)
        .query(Boolean.class)
        .list();
    for (var instance : List.of(first, second)) {
      awaitPublished(product(instance));
    }
  }

  @Test
  void everything_is_published_again_on_demand_unchanged_while_new_events_are_appended() {
    var before = List.of(product(first), product(second), product(first));
    before.forEach(PublishedProducts::awaitPublished);

    assertThat(republish(second)).isEqualTo(202);
    assertThat(republish(first)).isEqualTo(202);
    var meanwhile = product(second);

    awaitPublished(meanwhile);
    before.forEach(product -> awaitPublished(product, 2));
    awaitLive(first);
    awaitLive(second);
    var identities =
        JDBC.sql("SELECT event_id || ' ' || lpad(sequence_number::text, 19, '0') FROM domain_event")
            .query(String.class)
            .list();
    assertThat(published(before))
        .hasSizeGreaterThanOrEqualTo(2 * before.size())
        .isSubsetOf(identities);
  }

  @Test
  void republication_is_for_staff() {
    var customer = SigningKeys.TRUSTED.token("alice", "customer");
    assertThat(first.send("POST", PublishedProducts.REPUBLISH, customer, "").status())
        .isEqualTo(403);
    assertThat(first.send("GET", PublishedProducts.PATH, customer, "").status()).isEqualTo(403);
  }

  @Test
  void a_sampled_trace_goes_with_the_event_to_its_record_and_not_with_a_repetition() {
    var traced = product(first, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
    var untraced = product(first, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00");
    awaitPublished(traced);
    awaitPublished(untraced);
    republish(first);
    awaitPublished(traced, 2);

    assertThat(traces(traced)).hasSize(2).first().asString().contains(TRACE).endsWith("-01");
    assertThat(traces(traced)).last().isEqualTo("none");
    assertThat(traces(untraced)).containsOnly("none");
    assertThat(metadata(traced)).contains(TRACE);
    assertThat(metadata(untraced)).isEqualTo("{}");
  }

  private static String metadata(String product) {
    return JDBC.sql(
            "SELECT convert_from(metadata, 'UTF8') FROM domain_event WHERE aggregate_id = ?")
        .param("product-" + product)
        .query(String.class)
        .single();
  }
}
