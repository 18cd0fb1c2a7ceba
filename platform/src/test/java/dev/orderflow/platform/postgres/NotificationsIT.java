package dev.orderflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.orderflow.platform.testing.Relay;
import dev.orderflow.platform.testing.TestPostgres;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;

/** Listening, while servers and networks fail. */
@Timeout(120)
class NotificationsIT {
  private static final String CHANNEL = "test_channel";

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcTemplate server = new JdbcTemplate(database.dataSource());
  private final String listener = "listener_" + database.name();
  private final Relay network = new Relay(URI.create(database.url().substring(5)).getPort());
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger beginnings = new AtomicInteger();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ReconnectingConnection.class);
  private ReconnectingConnection connection;

  @BeforeEach
  void listen() {
    server.execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(listener));
    connection =
        new ReconnectingConnection(
            new Details(),
            listener,
            new Notifications(CHANNEL, beginnings::incrementAndGet, heard::add));
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.DEBUG);
    connection.start();
    await().until(() -> beginnings.get() == 1);
  }

  @AfterEach
  void stop() throws Exception {
    logger.setLevel(null);
    logger.detachAppender(log);
    connection.stop();
    network.close();
  }

  @Test
  void what_is_sent_is_heard() {
    send("a");
    send("b");

    await().untilAsserted(() -> assertThat(heard).containsExactly("a", "b"));
  }

  @Test
  void an_outage_is_logged_once_and_then_listening_begins_anew() {
    server.execute("ALTER ROLE " + listener + " NOLOGIN");
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"
            .formatted(listener));
    await().until(() -> ours().size() > 3);
    server.execute("ALTER ROLE " + listener + " LOGIN");

    await().until(() -> beginnings.get() == 2);
    send("a");
    await().untilAsserted(() -> assertThat(heard).containsExactly("a"));
    assertThat(ours()).extracting(ILoggingEvent::getLevel).containsOnlyOnce(Level.WARN);
  }

  @Test
  void a_connection_whose_other_end_is_gone_is_made_anew() {
    network.swallow();

    await().atMost(Duration.ofSeconds(60)).until(() -> beginnings.get() == 2);
    assertThat(network.connections()).isEqualTo(2);
    send("a");
    await().untilAsserted(() -> assertThat(heard).containsExactly("a"));
  }

  /** What was logged of this test's connection: other tests have theirs at the same time. */
  private List<ILoggingEvent> ours() {
    return log.list.stream().filter(line -> line.getFormattedMessage().contains(listener)).toList();
  }

  private void send(String text) {
    server.execute("SELECT pg_notify('%s', '%s')".formatted(CHANNEL, text));
  }

  private final class Details implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
      return listener;
    }

    @Override
    public String getPassword() {
      return listener;
    }

    @Override
    public String getJdbcUrl() {
      return "jdbc:postgresql://127.0.0.1:" + network.port() + "/" + database.name();
    }
  }
}
