package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.audit.VisibleHistoryAudit;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent to the gateway or to a service: the answer is no bug of ours, no page of the
 * container's, and what is refused has changed nothing.
 */
@RunsOn(Setup.ONE_OF_EACH)
class HostileRequestsE2E {
  private static final int REQUESTS = Integer.getInteger("orderflow.fuzz.requests", 20_000);
  private static final long SEED = Long.getLong("orderflow.fuzz.seed", new Random().nextLong());
  private static final int AT_ONCE = 8;
  private static final int ANSWER_WITHIN_MILLIS = 30_000;
  private static final Pattern FOREIGN = Pattern.compile("(?i)<html(?! lang)|java\\.lang");
  private static final Pattern OUR_REFUSAL =
      Pattern.compile("(?i)content-type: application/(problem\\+)?json");
  private static final Pattern AS_A_WHOLE = Pattern.compile("^(OPTIONS \\*|CONNECT )");
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  private final PlatformUnderTest platform;
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger created = new AtomicInteger();

  HostileRequestsE2E(PlatformUnderTest platform) {
    this.platform = platform;
  }

  @Test
  void no_request_breaks_anything_and_no_refused_one_changes_anything() throws Exception {
    VisibleHistoryAudit.passes(platform);
    var cluster = platform.cluster();
    var targets = new ArrayList<URI>();
    for (var service : cluster.services()) {
      targets.add(URI.create(cluster.gateway().url()));
      targets.add(URI.create(service.http()));
    }
    var tokens =
        List.of(
            "Bearer x",
            "Basic YWxpY2U6YWxpY2U=",
            "Basic =",
            bearer(ShopClient.ALICE),
            bearer("admin"));
    var before = events();
    var logs = Logs.of(platform);

    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var all = new ArrayList<Callable<Void>>();
      for (var i = 0; i < REQUESTS; i++) {
        var number = i;
        all.add(() -> {
          send(number, targets.get(number % targets.size()), tokens);
          return null;
        });
      }
      for (var done : threads.invokeAll(all)) {
        done.get();
      }
    }

    System.out.printf(
        "%d hostile requests, seed %d: %d answered, %d products created%n",
        REQUESTS, SEED, answered.get(), created.get());
    assertThat(wrong.stream().limit(20)).as("of %d", wrong.size()).isEmpty();
    assertThat(answered.get()).isGreaterThan(REQUESTS * 8 / 10);
    assertThat(logs.growth()).as("bytes of all logs").isLessThan(Logs.FOR_MINUTES_OF_FIRE);
    assertThat(events() - before).as("new events, seed %d", SEED).isEqualTo(created.get());
  }

  private String bearer(String user) {
    return "Bearer " + platform.shop().accessToken(user);
  }

  private void send(int number, URI target, List<String> tokens) {
    var request = HostileRequest.of(new Random(SEED + number), tokens);
    var answer = answer(request, target);
    if (!answer.isEmpty()) {
      answered.incrementAndGet();
    }
    // Without a status: it was hung up on, or it took what it got for HTTP/0.9.
    var status = STATUS.matcher(answer);
    var code = status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
    if (code == 201 && request.creates()) {
      created.incrementAndGet();
    }
    // To what is asked of the server as a whole, or of another one by way of it, Tomcat itself says
    // no, in a status without a body.
    var isBare =
        answer.endsWith("\r\n\r\n")
            && (answer.contains("Content-Length: 0") || request.head().startsWith("HEAD "));
    var isBug =
        code >= 500 && code != 503 && !(isBare && AS_A_WHOLE.matcher(request.head()).find());
    var isForeign =
        FOREIGN.matcher(answer).find()
            || (code >= 400 && !isBare && !OUR_REFUSAL.matcher(answer).find());
    if (isBug || isForeign) {
      wrong.add(what(number, target, request, answer));
    }
  }

  private static String answer(HostileRequest request, URI target) {
    try (var socket = new Socket(target.getHost(), target.getPort())) {
      socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
      socket.getOutputStream().write(request.bytes());
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      // It was hung up on before it had said all.
      return "";
    }
  }

  private static String what(int number, URI target, HostileRequest request, String answer) {
    return "-Dorderflow.fuzz.seed=%d, request %d to %s:%n%s%nwas answered%n%s"
        .formatted(
            SEED, number, target, request, answer.substring(0, Math.min(answer.length(), 2_000)));
  }

  private long events() throws SQLException {
    var postgres = platform.cluster().postgres();
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM command_side.domain_event")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
