package dev.orderflow.platform.http;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.serialization.JsonEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Reads bodies in UTF-8 and in nothing else, and only as long as any is. */
@ControllerAdvice
final class Utf8Bodies extends RequestBodyAdviceAdapter {
  /** Several times the largest order or product. */
  private static final int MAX_BYTES = 128 * 1024;

  /** Some thousand lines; what the gateway passes on by default. */
  private static final int MAX_FILE_BYTES = 1024 * 1024;

  private static final MediaType FILE = MediaType.parseMediaType("text/csv");

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  /**
   * @throws InvalidRequestException when it is not UTF-8
   * @throws ErrorResponseException when it says that it is not, or is too large
   */
  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    var type = message.getHeaders().getContentType();
    if (type != null
        && type.getCharset() != null
        && !type.getCharset().equals(StandardCharsets.UTF_8)) {
      throw new ErrorResponseException(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    var most = FILE.includes(type) ? MAX_FILE_BYTES : MAX_BYTES;
    var bytes = message.getBody().readNBytes(most + 1);
    if (bytes.length > most) {
      throw new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE);
    }
    if (!JsonEncoding.isUtf8(bytes)) {
      throw new InvalidRequestException(
          ErrorCode.VALIDATION_FAILED, List.of(new FieldViolation("request", "must be in UTF-8")));
    }
    return new Body(message.getHeaders(), new ByteArrayInputStream(bytes));
  }

  private record Body(HttpHeaders headers, InputStream body) implements HttpInputMessage {
    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return body;
    }
  }
}
