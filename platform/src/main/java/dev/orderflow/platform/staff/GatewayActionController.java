package dev.orderflow.platform.staff;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hears what the gateway has done itself for staff in the demo mode, with their token. It does
 * nothing: the gateway has no database, and here the call goes on record like all of staff's.
 */
@RestController
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class GatewayActionController {
  @Hidden
  @PostMapping({"/admin/demo/sale", "/admin/demo/instances/{service}/{instance}/start"})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void done() {}

  @Hidden
  @DeleteMapping("/admin/demo/sale")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void ended() {}
}
