package dev.orderflow.platform.staff;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hears what the gateway does itself for staff in the demo mode, with their token. It does nothing:
 * the gateway has no database, and here the call goes on record like all of staff's.
 */
@Hidden
@RestController
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class GatewayActionController {
  @RequestMapping(
      path = {
        "/admin/demo/sale",
        "/admin/demo/instances/{service}/{instance}/start",
        "/admin/demo/instances/gateway/{instance}/stop"
      },
      method = {RequestMethod.POST, RequestMethod.DELETE})
  @ResponseStatus(HttpStatus.ACCEPTED)
  void heard() {}
}
