package dev.orderflow.gateway.demo;

import jakarta.validation.constraints.AssertTrue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The demo mode.
 *
 * @param enabled whether staff may disturb the platform
 * @param customerId who orders on a sale day, as the gateway's issuer knows the customer
 * @param customerSecret the customer's secret there
 * @param stoppedInstances a directory; while it holds a file of an instance's name, the launcher
 *     does not start that instance
 */
@Validated
@ConfigurationProperties("orderflow.demo")
record DemoProperties(
    @DefaultValue("false") boolean enabled,
    @Nullable String customerId,
    @Nullable String customerSecret,
    @Nullable Path stoppedInstances) {
  @AssertTrue(
      message =
          "Set orderflow.demo.customer-id, orderflow.demo.customer-secret and"
              + " orderflow.demo.stopped-instances, or leave orderflow.demo.enabled out")
  boolean isComplete() {
    return !enabled || (customerId != null && customerSecret != null && stoppedInstances != null);
  }

  @Override
  public String toString() {
    return "DemoProperties[enabled=" + enabled + ", customerId=" + customerId + "]";
  }
}
