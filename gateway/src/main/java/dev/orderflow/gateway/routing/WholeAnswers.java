package dev.orderflow.gateway.routing;

import dev.orderflow.platform.bounds.Bound;
import dev.orderflow.platform.bounds.OpenRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Takes an answer whole, so that an instance that dies in the middle of it is noticed while that
 * can be mended.
 */
final class WholeAnswers implements ProxyExchange {
  private final InstanceCalls calls;
  private final Bound buffers;

  /**
   * @param buffers in which answers have their room until they are passed on
   */
  WholeAnswers(InstanceCalls calls, Bound buffers) {
    this.calls = calls;
    this.buffers = buffers;
  }

  @Override
  public ServerResponse exchange(Request request) {
    var open = OpenRequest.of(request.getServerRequest().servletRequest());
    return calls.exchange(request, _ -> bounded(open), WholeAnswers::pass);
  }

  /** Takes piece by piece as long as there is room for it. */
  private BodySubscriber<List<byte[]>> bounded(OpenRequest open) {
    var pieces = new ArrayList<byte[]>();
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(arrived ->
            arrived.ifPresent(piece -> {
              open.take(buffers, piece.length);
              pieces.add(piece);
            })),
        _ -> pieces);
  }

  private static void pass(
      List<byte[]> body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var length = body.stream().mapToInt(piece -> piece.length).sum();
    if (length > 0) {
      response.setContentLength(length);
      for (var piece : body) {
        response.getOutputStream().write(piece);
      }
    }
  }
}
