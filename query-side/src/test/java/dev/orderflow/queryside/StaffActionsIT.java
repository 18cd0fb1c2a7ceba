package dev.orderflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.queryside.testing.RunningQuerySide;
import org.junit.jupiter.api.Test;

/** What staff have done is kept, and only that. */
class StaffActionsIT {
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Test
  void what_staff_ask_to_be_changed_is_kept() throws Exception {
    running.call("POST", running.staff(), "/admin/projections/not-kept/rebuild?why=secret");
    running.call("POST", running.customer("alice"), "/admin/projections/of-alice/rebuild");
    running.call("GET", running.staff(), "/admin/projections/only-read/dead-letters");

    var answer = running.getAs(running.staff(), "/admin/staff-actions?pageSize=100");
    var actions = answer.json();

    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(actions.path("actions"))
        .anySatisfy(action -> {
          assertThat(action.path("path").asString())
              .isEqualTo("/admin/projections/not-kept/rebuild");
          assertThat(action.path("method").asString()).isEqualTo("POST");
          assertThat(action.path("status").asInt()).isEqualTo(404);
          assertThat(action.path("service").asString()).isEqualTo("query-side");
        });
    assertThat(actions.toString()).doesNotContain("of-alice", "only-read", "secret");
  }
}
