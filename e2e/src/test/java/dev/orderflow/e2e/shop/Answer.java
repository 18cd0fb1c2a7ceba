package dev.orderflow.e2e.shop;

import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What came back.
 *
 * @param status 0 when there was no answer
 * @param body a missing node when it is not JSON
 */
public record Answer(
    int status, Optional<HttpResponse<String>> response, JsonNode body, String text) {
  static Answer of(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(), Optional.of(response), parsed(response.body()), response.body());
  }

  static Answer none(Exception cause) {
    return new Answer(0, Optional.empty(), MissingNode.getInstance(), cause.toString());
  }

  /** Whether the caller is told, or must assume, that the same request may succeed later. */
  public boolean isTemporary() {
    return status == 0 || status == 503 || status == 429;
  }

  /** A header; empty when it is not there. */
  public String header(String name) {
    return response.flatMap(one -> one.headers().firstValue(name)).orElse("");
  }

  /** The code of a problem; empty when there is none. */
  public String code() {
    return body.path("code").asString("");
  }

  /** The order that is the body. */
  public Order order() {
    return JsonMapper.shared().treeToValue(body, Order.class);
  }

  @Override
  public String toString() {
    return status + " " + text;
  }

  private static JsonNode parsed(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException noJson) {
      return MissingNode.getInstance();
    }
  }
}
