package dev.orderflow.commandside.ordering.rest;

import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is stored about a customer, for the customer and for staff. */
@RestController
@RequestMapping("/customers/{userId}/personal-data")
class PersonalDataController {
  private final OrderService orders;

  PersonalDataController(OrderService orders) {
    this.orders = orders;
  }

  @GetMapping
  @Operation(
      operationId = "getPersonalData",
      summary = "Says what is stored about a customer; to the customer, or to staff.")
  @Answers(status = 200, when = "Everything, and what an erasure does not reach.")
  PersonalDataJson personalData(@MeaningOf(UserId.class) @PathVariable String userId) {
    var customer = new UserId(userId);
    return PersonalDataJson.of(customer, orders.personalData(Caller.current(), customer));
  }

  @DeleteMapping
  @Operation(
      operationId = "erasePersonalData",
      summary = "Erases the contact data of a customer; by the customer, or by staff.")
  @Answers(status = 204, when = "There is none any more.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void erase(@MeaningOf(UserId.class) @PathVariable String userId) {
    orders.erasePersonalData(Caller.current(), new UserId(userId));
  }
}
