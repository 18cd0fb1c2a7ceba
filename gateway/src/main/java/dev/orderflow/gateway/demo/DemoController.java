package dev.orderflow.gateway.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.security.Caller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What staff can have done to the platform, in the demo mode. */
@RestController
@RequestMapping("/admin/demo")
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class DemoController {
  private static final String SALE = "/admin/demo/sale";
  private static final int MOST_PER_SECOND = 500;
  private static final int MOST_SECONDS = 300;

  private final DemoInstances instances;
  private final SaleClient client;
  private final Sale sale;

  DemoController(DemoInstances instances, SaleClient client, Sale sale) {
    this.instances = instances;
    this.client = client;
    this.sale = sale;
  }

  /**
   * What is going on.
   *
   * @param provider how the payment provider behaves; null when no instance of the saga tells
   * @param stopped the instances that are not started again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DemoJson(
      boolean enabled,
      @Nullable String provider,
      Sale.State sale,
      List<DemoInstances.Stopped> stopped) {}

  /** A sale to be held. */
  record SaleRequest(@Nullable Integer ordersPerSecond, @Nullable Integer seconds) {}

  @GetMapping
  DemoJson get() {
    return new DemoJson(
        true, instances.providerMode().orElse(null), sale.state(), instances.stopped());
  }

  @PostMapping("/instances/{service}/{instance}/stop")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void stop(@PathVariable String service, @PathVariable String instance) {
    instances.stop(service, instance, Caller.current().token());
  }

  @PostMapping("/instances/{service}/{instance}/start")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void start(@PathVariable String service, @PathVariable String instance) {
    instances.start(service, instance);
    instances.putOnRecord(
        HttpMethod.POST,
        "/admin/demo/instances/%s/%s/start".formatted(service, instance),
        Caller.current().token());
  }

  @PostMapping("/sale")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Sale.State begin(@RequestBody SaleRequest wanted) {
    var check = new RequestCheck();
    var ordersPerSecond =
        within(MOST_PER_SECOND, "ordersPerSecond", wanted.ordersPerSecond(), check);
    var seconds = within(MOST_SECONDS, "seconds", wanted.seconds(), check);
    check.orThrow(() -> wanted);
    if (!sale.isRunning()) {
      var order = client.open(ordersPerSecond * seconds, Caller.current().token());
      sale.begin(ordersPerSecond, Duration.ofSeconds(seconds), order);
      instances.putOnRecord(HttpMethod.POST, SALE, Caller.current().token());
    }
    return sale.state();
  }

  @DeleteMapping("/sale")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Sale.State end() {
    sale.end();
    instances.putOnRecord(HttpMethod.DELETE, SALE, Caller.current().token());
    return sale.state();
  }

  private static int within(int most, String field, @Nullable Integer value, RequestCheck check) {
    if (value == null || value < 1 || value > most) {
      check.violated(field, "must be from 1 to " + most);
      return 0;
    }
    return value;
  }
}
