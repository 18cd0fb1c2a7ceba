package dev.orderflow.queryside.ordering;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.testing.RunningQuerySide;
import org.junit.jupiter.api.Test;

/** What the view tells staff of an order's way. */
class OrderTimelineIT {
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Test
  void the_row_of_an_order_is_told_with_its_version_and_the_time_of_its_last_event() {
    running.publisher().publish(placed("timeline", 1), cancelled("timeline", 1, at(7)));
    var path = path(orderId("timeline", 1));

    var part =
        await()
            .until(
                () -> running.getAs(running.staff(), path),
                answer ->
                    answer.status() == 200
                        && answer.json().at("/entries/0/payload/version").asInt() == 2);

    assertThat(part.json().path("status").asString()).isEqualTo("CANCELLED");
    var row = part.json().path("entries").get(0);
    assertThat(row.path("kind").asString()).isEqualTo("ROW");
    assertThat(row.path("name").asString()).isEqualTo("order-view");
    assertThat(row.path("at").asString()).isEqualTo(at(7).toString());
    assertThat(row.at("/payload/status").asString()).isEqualTo("CANCELLED");
    assertThat(part.header("Cache-Control")).contains("no-store");
  }

  @Test
  void an_order_that_is_not_in_the_view_is_not_found_and_only_staff_are_answered() {
    assertProblem(running.getAs(running.staff(), path("ORD-NONE")), 404, "ORDER_NOT_FOUND");
    assertProblem(running.getAs(running.staff(), path("x")), 404, "ORDER_NOT_FOUND");
    assertProblem(running.getAs(running.customer("timeline"), path("ORD-NONE")), 403, "FORBIDDEN");
  }

  private static String path(Object order) {
    return "/admin/orders/" + order + "/timeline";
  }
}
