package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.GrpcFuzzer;
import dev.orderflow.platform.testing.SigningKeys;
import io.grpc.BindableService;
import io.grpc.Status;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Whatever comes in over gRPC: no call finds a bug, and what is refused changes nothing. */
class GrpcFuzzIT {
  private static final int CALLS = 14_000;

  @Test
  void no_call_finds_a_bug_and_no_refused_call_changes_anything() throws SQLException {
    try (var commandSide = RunningCommandSide.withOneInstance();
        var connection = commandSide.database().dataSource().getConnection()) {
      var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      var product = commandSide.product(1_000_000);
      var order = commandSide.orderId(product);
      var services = GrpcCalls.services(commandSide.first().beans(BindableService.class));
      var callers =
          List.of(
              "",
              SigningKeys.forged("admin", "staff service customer"),
              commandSide.alice(),
              commandSide.bob(),
              commandSide.staff(),
              commandSide.service(),
              commandSide.token("shop", "service"),
              commandSide.token("query-side", "service"));
      var fuzzer =
          new GrpcFuzzer(
              commandSide.channel(),
              services,
              callers,
              List.of(
                  product,
                  product,
                  order,
                  order.replace("ORD-", "PAY-"),
                  RunningCommandSide.newKey("alice"),
                  RunningCommandSide.newKey("bob"),
                  "50000",
                  "50000.0",
                  UUID.randomUUID().toString(),
                  "01910840-1b00-7abc-8def-0123456789ab"));

      var seen = fuzzer.run(GrpcFuzzer.scaled(CALLS), () -> lastEvent(jdbc));

      assertThat(seen)
          .as("the calls reach what they are to try")
          .containsKeys(
              Status.Code.OK,
              Status.Code.INVALID_ARGUMENT,
              Status.Code.NOT_FOUND,
              Status.Code.PERMISSION_DENIED,
              Status.Code.UNAUTHENTICATED);
    }
  }

  /** Grows with each event, and costs the same however many there are. */
  private static long lastEvent(JdbcClient jdbc) {
    return jdbc.sql("SELECT max(global_index) FROM domain_event").query(Long.class).single();
  }
}
