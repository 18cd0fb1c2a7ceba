package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.queryside.ordering.application.OrderQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The orders of all customers, for staff. */
@RestController
class AllOrdersController {
  private static final String CSV_TYPE = "text/csv";

  private final OrderQueries orders;

  AllOrdersController(OrderQueries orders) {
    this.orders = orders;
  }

  @GetMapping("/admin/orders")
  @Operation(
      operationId = "listAllOrders",
      summary = "Selects of all customers' orders, the newest first, page by page.")
  @Answers(status = 200, when = "A page.")
  OrderPageJson page(
      @ParameterObject OrderFilter filter,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false)
          @Nullable String consistency) {
    var selection = filter.selection();
    orders.awaitWritten(Caller.current(), ConsistencyHeader.read(consistency));
    var page =
        orders.visible(
            Caller.current(), selection, new PageRequest(pageSize, pageToken, selection.text()));
    return OrderPageJson.of(page);
  }

  /** Page by page, so that no more than one is held, and nothing of the database between two. */
  @GetMapping(path = "/admin/orders.csv", produces = CSV_TYPE)
  @Operation(
      operationId = "exportOrders",
      summary = "A selection of all customers' orders as CSV, the newest first, in one piece.")
  @Answers(
      status = 200,
      when = "A header, and a record for each order; an answer that breaks off is not whole.",
      headers = HttpHeaders.CONTENT_DISPOSITION)
  @ApiResponse(content = @Content(mediaType = CSV_TYPE, schema = @Schema(type = "string")))
  void export(
      @ParameterObject OrderFilter filter,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false) @Nullable String consistency,
      HttpServletRequest asked,
      HttpServletResponse response)
      throws IOException {
    var selection = filter.selection();
    if (asked.getMethod().equals(HttpMethod.HEAD.name())) {
      head(response);
      return;
    }
    var caller = Caller.current();
    orders.awaitWritten(caller, ConsistencyHeader.read(consistency));
    var request = PageRequest.largest(selection.text());
    var page = orders.visible(caller, selection, request);
    head(response);
    // From here on a failure breaks it off.
    response.flushBuffer();
    var csv = OrderCsv.to(response.getOutputStream());
    page.items().forEach(csv::write);
    for (var next = page.nextToken(); next != null; next = page.nextToken()) {
      page = orders.visible(caller, selection, request.at(next));
      page.items().forEach(csv::write);
    }
    csv.end();
  }

  private static void head(HttpServletResponse response) {
    response.setContentType(CSV_TYPE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename("orders.csv").build().toString());
  }
}
