package dev.orderflow.platform.openapi;

import dev.orderflow.platform.error.ErrorCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Completes what Spring MVC tells about a call with what {@link Answers}, {@link Fails} and {@link
 * Requires} say.
 */
final class CallDescription implements GlobalOperationComponentsCustomizer {
  private static final Set<ErrorCode> FAILURES_OF_EVERY_CALL =
      EnumSet.of(
          ErrorCode.VALIDATION_FAILED,
          ErrorCode.UNAUTHENTICATED,
          ErrorCode.NOT_ACCEPTABLE,
          ErrorCode.URI_TOO_LONG,
          ErrorCode.HEADERS_TOO_LARGE,
          ErrorCode.RATE_LIMITED,
          ErrorCode.INTERNAL,
          ErrorCode.UNAVAILABLE);

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    throw new IllegalStateException("springdoc hands the components over, too");
  }

  @Override
  public Operation customize(Operation operation, Components components, HandlerMethod method) {
    var responses = new ApiResponses();
    for (var answer :
        AnnotatedElementUtils.findMergedRepeatableAnnotations(method.getMethod(), Answers.class)) {
      responses.addApiResponse(
          Integer.toString(answer.status()), success(answer, operation.getResponses()));
      if (answer.status() == HttpStatus.NOT_MODIFIED.value()) {
        operation.addParametersItem(SharedWords.optionalHeader(HttpHeaders.IF_NONE_MATCH));
      }
    }
    ProblemResponses.defineIn(components);
    failures(method).forEach((status, codes) -> ProblemResponses.add(responses, status, codes));
    var required = method.getMethodAnnotation(Requires.class);
    if (required != null) {
      var body = operation.getRequestBody().getContent().values().iterator().next().getSchema();
      for (var path : required.value()) {
        require(path, body, components);
      }
    }
    return operation.tags(List.of(contextOf(method))).responses(responses);
  }

  private static ApiResponse success(Answers answer, ApiResponses generated) {
    var response = new ApiResponse().description(answer.when());
    for (var header : answer.headers()) {
      response.addHeaderObject(header, SharedWords.header(header));
    }
    for (var header : answer.headersAtTimes()) {
      response.addHeaderObject(header, SharedWords.header(header).required(false));
    }
    var status = HttpStatus.valueOf(answer.status());
    return status.is2xxSuccessful() && status != HttpStatus.NO_CONTENT
        ? response.content(bodyOf(generated))
        : response;
  }

  /** What the method returns; how springdoc thinks it is answered does not matter. */
  private static @Nullable Content bodyOf(ApiResponses generated) {
    return generated.values().stream()
        .map(ApiResponse::getContent)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Map<Integer, Set<ErrorCode>> failures(HandlerMethod method) {
    var failures = new TreeMap<Integer, Set<ErrorCode>>();
    FAILURES_OF_EVERY_CALL.forEach(code -> put(failures, code.httpStatus(), code));
    if (Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
      put(failures, ErrorCode.CONTENT_TOO_LARGE.httpStatus(), ErrorCode.CONTENT_TOO_LARGE);
      put(
          failures,
          ErrorCode.UNSUPPORTED_MEDIA_TYPE.httpStatus(),
          ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
    for (var fails :
        AnnotatedElementUtils.findMergedRepeatableAnnotations(method.getMethod(), Fails.class)) {
      for (var code : fails.value()) {
        put(failures, fails.status() == 0 ? code.httpStatus() : fails.status(), code);
      }
    }
    return failures;
  }

  private static void put(Map<Integer, Set<ErrorCode>> failures, int status, ErrorCode code) {
    failures.computeIfAbsent(status, _ -> EnumSet.noneOf(ErrorCode.class)).add(code);
  }

  private static void require(String path, Schema<?> schema, Components components) {
    var object = resolve(schema, components);
    var dot = path.indexOf('.');
    if (dot < 0) {
      property(object, path);
      object.addRequiredItem(path);
    } else {
      require(path.substring(dot + 1), property(object, path.substring(0, dot)), components);
    }
  }

  private static Schema<?> property(Schema<?> schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name), name);
  }

  /** The object itself, not a reference to it or a list of it. */
  private static Schema<?> resolve(Schema<?> schema, Components components) {
    if (schema.getItems() != null) {
      return resolve(schema.getItems(), components);
    }
    var reference = schema.get$ref();
    return reference == null
        ? schema
        : Objects.requireNonNull(
            components.getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1)));
  }

  /** Packages are named {@code dev.orderflow.<module>.<context>}, and what is inside. */
  private static String contextOf(HandlerMethod method) {
    var packages = method.getBeanType().getPackageName().split("\\.", -1);
    return packages[3];
  }
}
