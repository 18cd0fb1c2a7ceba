package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A platform as one for customers runs. */
@RunsOn(Setup.IMPATIENT)
class WithoutDemoE2E {
  private final ShopClient shop;

  WithoutDemoE2E(PlatformUnderTest platform) {
    this.shop = platform.shop();
  }

  @Test
  void without_the_demo_mode_not_even_staff_can_break_anything() {
    var staff = shop.as(ShopClient.STAFF);

    assertThat(
            List.of(
                staff.get("/admin/demo"),
                staff.put("/admin/demo/provider", Map.of("mode", "SILENT")),
                staff.post("/admin/demo/instances/saga/1/stop", ""),
                staff.post("/admin/demo/instances/saga/1/start", ""),
                staff.post("/admin/demo/sale", Map.of("ordersPerSecond", 1, "seconds", 1)),
                staff.delete("/admin/demo/sale")))
        .extracting(Answer::code)
        .containsOnly("NOT_FOUND");
    assertThat(staff.get("/v3/api-docs").text()).doesNotContain("/admin/demo");
  }
}
