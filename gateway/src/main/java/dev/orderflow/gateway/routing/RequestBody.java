package dev.orderflow.gateway.routing;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.filter.BodyFilterFunctions;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * The body of a request, read to its end before a service is troubled: slow clients occupy only the
 * gateway, and the body can be sent again.
 */
final class RequestBody {
  private final byte[] bytes;

  private RequestBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads it.
   *
   * @throws InvalidRequestException when it is larger than the limit, or breaks off
   */
  static RequestBody of(ServerRequest request, DataSize limit) {
    var max = Math.toIntExact(limit.toBytes());
    try {
      var bytes = request.servletRequest().getInputStream().readNBytes(max + 1);
      if (bytes.length > max) {
        throw invalid(ErrorCode.CONTENT_TOO_LARGE, "must not be larger than " + max + " bytes");
      }
      return new RequestBody(bytes);
    } catch (IOException _) {
      throw invalid(ErrorCode.VALIDATION_FAILED, "must arrive whole");
    }
  }

  private static InvalidRequestException invalid(ErrorCode code, String message) {
    return new InvalidRequestException(code, List.of(new FieldViolation("request", message)));
  }

  /** The request with this body, unread. */
  ServerRequest into(ServerRequest request) {
    MvcUtils.putAttribute(
        request, MvcUtils.CACHED_REQUEST_BODY_ATTR, new ByteArrayInputStream(bytes));
    return BodyFilterFunctions.adaptCachedBody().apply(request);
  }
}
