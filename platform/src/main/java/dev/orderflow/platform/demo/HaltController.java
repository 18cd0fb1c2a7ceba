package dev.orderflow.platform.demo;

import io.swagger.v3.oas.annotations.Hidden;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Ends this process as a crash would, for staff. It is called by the gateway, which knows the
 * instances, and whether the launcher is to start the process again.
 */
@RestController
final class HaltController {
  private static final Logger LOG = LoggerFactory.getLogger(HaltController.class);

  private final Runnable halt;

  /**
   * @param halt ends the process a moment later
   */
  HaltController(Runnable halt) {
    this.halt = halt;
  }

  @Hidden
  @PostMapping("/admin/demo/halt")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void halt() {
    LOG.warn("Staff have this instance stopped, for a demonstration");
    halt.run();
  }
}
