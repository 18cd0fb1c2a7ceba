package dev.orderflow.gateway.routing;

import dev.orderflow.platform.bounds.Bound;
import dev.orderflow.platform.bounds.OpenRequest;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.filter.BodyFilterFunctions;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * The body of a request, read to its end before a service is troubled: slow clients occupy only the
 * gateway, and the body can be sent again.
 */
final class RequestBody {
  private static final int PIECE_BYTES = 8192;

  private final byte[] bytes;

  private RequestBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads it.
   *
   * @param limit how large it may be
   * @param buffers in which it has its room
   * @throws InvalidRequestException when it is larger than the limit
   * @throws BadRequestException when it breaks off, or takes too long to arrive
   */
  static RequestBody of(ServerRequest request, DataSize limit, Bound buffers) throws IOException {
    var open = OpenRequest.of(request.servletRequest());
    var body = new ByteArrayOutputStream(0);
    var arriving = request.servletRequest().getInputStream();
    var piece = new byte[PIECE_BYTES];
    for (var read = arriving.read(piece); read >= 0; read = arriving.read(piece)) {
      if (body.size() + read > limit.toBytes()) {
        throw tooLarge(limit);
      }
      // Once here and once on its way to the service.
      open.take(buffers, 2L * read);
      body.write(piece, 0, read);
    }
    return new RequestBody(body.toByteArray());
  }

  private static InvalidRequestException tooLarge(DataSize limit) {
    return new InvalidRequestException(
        ErrorCode.CONTENT_TOO_LARGE,
        List.of(
            new FieldViolation(
                "request", "must not be larger than " + limit.toBytes() + " bytes")));
  }

  /** The request with this body, unread. */
  ServerRequest into(ServerRequest request) {
    MvcUtils.putAttribute(
        request, MvcUtils.CACHED_REQUEST_BODY_ATTR, new ByteArrayInputStream(bytes));
    return BodyFilterFunctions.adaptCachedBody().apply(request);
  }
}
