package dev.orderflow.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What an answer that refuses looks like. */
public final class ProblemAssert {
  private ProblemAssert() {}

  /** Asserts that it is a problem with this status and code. */
  public static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    var problem = RunningGateway.json(response);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString()).isNotEmpty();
    assertThat(problem.path("detail").asString()).isNotEmpty();
    assertThat(problem.path("type").asString()).isNotEmpty();
    assertThat(problem.path("instance").asString()).isEqualTo(response.uri().getRawPath());
  }
}
