package dev.orderflow.queryside.ordering.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.queryside.ordering.model.Order;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders as JSON.
 *
 * @param nextPageToken left out on the last page
 */
@Schema(name = "OrderPage")
record OrderPageJson(
    @Meaning("The orders of this page, the newest first.") List<OrderJson> orders,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextPageToken) {
  static OrderPageJson of(Page<Order> page) {
    return new OrderPageJson(page.items().stream().map(OrderJson::of).toList(), page.nextToken());
  }
}
