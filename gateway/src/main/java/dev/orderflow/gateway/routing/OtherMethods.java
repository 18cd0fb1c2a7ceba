package dev.orderflow.gateway.routing;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers what no call of a path takes: OPTIONS says which methods there are, all others are
 * refused, with the same.
 *
 * @param allowed the methods of the path
 */
record OtherMethods(Set<HttpMethod> allowed) implements HandlerFunction<ServerResponse> {
  @Override
  public ServerResponse handle(ServerRequest request)
      throws HttpRequestMethodNotSupportedException {
    if (request.method().equals(HttpMethod.OPTIONS)) {
      return ServerResponse.noContent().headers(headers -> headers.setAllow(allowed)).build();
    }
    throw new HttpRequestMethodNotSupportedException(
        request.method().name(), allowed.stream().map(HttpMethod::name).toList());
  }
}
