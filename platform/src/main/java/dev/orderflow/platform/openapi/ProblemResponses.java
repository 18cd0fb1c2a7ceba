package dev.orderflow.platform.openapi;

import dev.orderflow.platform.error.ErrorCode;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** Describes errors as {@code Problems} answers them. */
final class ProblemResponses {
  private static final String SCHEMA = "Problem";

  private ProblemResponses() {}

  /** The schemas that the responses refer to. */
  static void defineIn(Components components) {
    ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
  }

  /** Adds the answer with a status, which may have any of the codes. */
  static void add(ApiResponses responses, int status, Collection<ErrorCode> codes) {
    var response =
        new ApiResponse()
            .description(
                codes.stream()
                    .map(code -> code + ": " + code.title() + ".")
                    .collect(Collectors.joining(" ")))
            .content(
                new Content()
                    .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new MediaType().schema(withCode(codes))));
    for (var code : codes) {
      switch (code) {
        case UNAUTHENTICATED -> addHeader(response, HttpHeaders.WWW_AUTHENTICATE);
        case RATE_LIMITED, UNAVAILABLE -> addHeader(response, HttpHeaders.RETRY_AFTER);
        default -> {}
      }
    }
    responses.addApiResponse(Integer.toString(status), response);
  }

  private static void addHeader(ApiResponse response, String name) {
    response.addHeaderObject(name, SharedWords.header(name));
  }

  private static Schema<?> withCode(Collection<ErrorCode> codes) {
    var code = new JsonSchema();
    code.setTypes(Set.of("string"));
    code.setEnum(codes.stream().<Object>map(ErrorCode::name).toList());
    return new JsonSchema()
        .addAllOfItem(new JsonSchema().$ref(SCHEMA))
        .addAllOfItem(new JsonSchema().addProperty("code", code));
  }
}
