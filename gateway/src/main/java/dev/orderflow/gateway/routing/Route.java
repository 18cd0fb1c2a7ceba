package dev.orderflow.gateway.routing;

import static dev.orderflow.gateway.routing.Access.ANYBODY;
import static dev.orderflow.gateway.routing.Access.CUSTOMER;
import static dev.orderflow.gateway.routing.Access.STAFF;
import static dev.orderflow.gateway.routing.Access.TOKEN;
import static dev.orderflow.gateway.routing.Service.COMMAND_SIDE;
import static dev.orderflow.gateway.routing.Service.QUERY_SIDE;
import static dev.orderflow.gateway.routing.Service.SAGA;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;

/** Every call that the gateway passes on. What is not here is not there: 404. */
enum Route {
  LIST_PRODUCTS(GET, "/products", QUERY_SIDE, ANYBODY),
  GET_PRODUCT(GET, "/products/{id}", QUERY_SIDE, ANYBODY),
  CREATE_PRODUCT(POST, "/products", COMMAND_SIDE, STAFF),
  IMPORT_PRODUCTS(POST, "/products/import", COMMAND_SIDE, STAFF),
  CHANGE_PRICE(PUT, "/products/{id}/price", COMMAND_SIDE, STAFF),
  ACTIVATE_PRODUCT(POST, "/products/{id}/activate", COMMAND_SIDE, STAFF),
  DEACTIVATE_PRODUCT(POST, "/products/{id}/deactivate", COMMAND_SIDE, STAFF),

  RECEIVE_STOCK(POST, "/inventory/{id}/receipts", COMMAND_SIDE, STAFF),
  IMPORT_RECEIPTS(POST, "/inventory/import", COMMAND_SIDE, STAFF),
  GET_STOCK(GET, "/inventory/{id}", COMMAND_SIDE, ANYBODY),

  PLACE_ORDER(POST, "/orders", COMMAND_SIDE, CUSTOMER),
  CANCEL_ORDER(POST, "/orders/{id}/cancel", COMMAND_SIDE, TOKEN),
  LIST_ORDERS(GET, "/orders", QUERY_SIDE, TOKEN),
  GET_ORDER(GET, "/orders/{id}", QUERY_SIDE, TOKEN),
  WATCH_ORDER(GET, "/orders/{id}/events", QUERY_SIDE, TOKEN),
  GET_PERSONAL_DATA(GET, "/customers/{userId}/personal-data", COMMAND_SIDE, TOKEN),
  ERASE_PERSONAL_DATA(DELETE, "/customers/{userId}/personal-data", COMMAND_SIDE, TOKEN),

  LIST_ALL_ORDERS(GET, "/admin/orders", QUERY_SIDE, STAFF),
  EXPORT_ORDERS(GET, "/admin/orders.csv", QUERY_SIDE, STAFF),
  GET_STREAM(GET, "/admin/streams/{streamId}", COMMAND_SIDE, STAFF),
  WATCH_EVENTS(GET, "/admin/events", QUERY_SIDE, STAFF),
  LIST_PROJECTIONS(GET, "/admin/projections/**", QUERY_SIDE, STAFF),
  START_REBUILD(POST, "/admin/projections/**", QUERY_SIDE, STAFF),
  CANCEL_REBUILD(DELETE, "/admin/projections/**", QUERY_SIDE, STAFF),
  GET_PUBLICATION(GET, "/admin/publication/**", COMMAND_SIDE, STAFF),
  REPUBLISH(POST, "/admin/publication/**", COMMAND_SIDE, STAFF),
  LIST_TASKS(GET, "/admin/tasks", SAGA, STAFF),
  // A letter's id begins with the name of the service that has it.
  GET_SAGA_LETTER(GET, "/admin/dead-letters/saga-{n}", SAGA, STAFF),
  RETRY_SAGA_LETTER(POST, "/admin/dead-letters/saga-{n}/retry", SAGA, STAFF),
  DISCARD_SAGA_LETTER(DELETE, "/admin/dead-letters/saga-{n}", SAGA, STAFF),
  GET_VIEW_LETTER(GET, "/admin/dead-letters/query-side-{n}", QUERY_SIDE, STAFF),
  RETRY_VIEW_LETTER(POST, "/admin/dead-letters/query-side-{n}/retry", QUERY_SIDE, STAFF),
  DISCARD_VIEW_LETTER(DELETE, "/admin/dead-letters/query-side-{n}", QUERY_SIDE, STAFF),
  DIRECT_PROVIDER(PUT, "/admin/demo/provider", SAGA, STAFF);

  @SuppressWarnings("ImmutableEnumChecker") // It is immutable, and does not say so.
  private final HttpMethod method;

  private final String path;
  private final Service service;
  private final Access access;

  Route(HttpMethod method, String path, Service service, Access access) {
    this.method = method;
    this.path = path;
    this.service = service;
    this.access = access;
  }

  /** The HTTP methods that it takes: HEAD asks for what GET does. */
  List<HttpMethod> methods() {
    return method.equals(GET) ? List.of(GET, HEAD) : List.of(method);
  }

  /** The methods that each path has. */
  static Map<String, Set<HttpMethod>> methodsByPath() {
    var methods = new LinkedHashMap<String, Set<HttpMethod>>();
    for (var route : values()) {
      methods.computeIfAbsent(route.path, _ -> new LinkedHashSet<>()).addAll(route.methods());
    }
    return methods;
  }

  /** The pattern of its paths, as Spring's {@code PathPattern} reads it. */
  String path() {
    return path;
  }

  /** Who answers. */
  Service service() {
    return service;
  }

  /** Who may ask. */
  Access access() {
    return access;
  }

  /** Whether the answer to this method is passed on as it comes: it may be long, or not end. */
  boolean streams(HttpMethod method) {
    return method.equals(GET)
        && switch (this) {
          case WATCH_ORDER, WATCH_EVENTS, EXPORT_ORDERS, GET_PERSONAL_DATA -> true;
          default -> false;
        };
  }

  /** Whether one request is as many writes as its body has lines: it takes its time. */
  boolean imports() {
    return this == IMPORT_PRODUCTS || this == IMPORT_RECEIPTS;
  }
}
