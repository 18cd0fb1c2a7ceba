package dev.orderflow.saga.payment;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Requires;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the simulated provider behaves, for staff. */
@RestController
@RequestMapping("/admin/demo/provider")
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
class ProviderModeController {
  private final ProviderModes modes;

  ProviderModeController(ProviderModes modes) {
    this.modes = modes;
  }

  @Schema(name = "ProviderMode")
  record ModeJson(
      @Meaning("How the payment provider behaves: NORMAL, SLOW, DECLINING or SILENT.")
          @Nullable String mode) {}

  /** The gateway tells it, with all else of the demo mode. */
  @Hidden
  @GetMapping
  ModeJson get() {
    return new ModeJson(modes.stored().name());
  }

  /** Answers when all instances follow. */
  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "directProvider",
      summary =
          "Has the simulated payment provider behave as its payment methods say (NORMAL), take its"
              + " time (SLOW), decline every payment (DECLINING) or not answer (SILENT). What it"
              + " has answered stands.")
  @Requires("mode")
  @Answers(status = 204, when = "All instances follow.")
  void put(@RequestBody ModeJson wanted) throws InterruptedException {
    modes.store(named(wanted.mode()));
    Thread.sleep(ProviderModes.FOLLOWED_WITHIN);
  }

  private static ProviderMode named(@Nullable String wanted) {
    return Arrays.stream(ProviderMode.values())
        .filter(mode -> mode.name().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new InvalidValueException(
                "mode", "must be one of " + Arrays.toString(ProviderMode.values())));
  }
}
