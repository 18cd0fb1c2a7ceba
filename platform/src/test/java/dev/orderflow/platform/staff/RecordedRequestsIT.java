package dev.orderflow.platform.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.testing.TestPostgres;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.servlet.HandlerMapping;

/** What was begun is recorded, however it ends. */
class RecordedRequestsIT {
  private static final String PATH = "/products/{id}/activate";

  private final JdbcClient jdbc = JdbcClient.create(TestPostgres.newDatabase().dataSource());
  private final StaffActions actions =
      new StaffActions(jdbc, "command-side", Duration.ofDays(90), Clock.systemUTC());
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @BeforeEach
  void signIn() {
    jdbc.sql(
            """
            CREATE TABLE staff_action (
              at timestamptz, id uuid, user_id text, method text, path text, status int)\
            """)
        .update();
    SecurityContextHolder.getContext()
        .setAuthentication(
            new JwtAuthenticationToken(
                Jwt.withTokenValue("token").header("alg", "none").subject("sam").build(),
                AuthorityUtils.createAuthorityList("SCOPE_staff")));
  }

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void a_request_that_fails_is_recorded_as_the_error_that_it_becomes() {
    assertThatThrownBy(() ->
            answer((_, _) -> {
              throw new ServletException("wrong");
            }))
        .hasMessage("wrong");

    assertThat(statuses()).containsExactly(500);
  }

  @Test
  void a_request_whose_answer_breaks_off_is_recorded_with_the_status_that_was_sent() {
    assertThatThrownBy(() ->
            answer((_, _) -> {
              response.setStatus(201);
              response.flushBuffer();
              throw new IOException("gone");
            }))
        .hasMessage("gone");

    assertThat(statuses()).containsExactly(201);
  }

  private void answer(FilterChain chain) throws ServletException, IOException {
    var request = new MockHttpServletRequest("POST", "/products/PROD-1/activate");
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
    new RecordedRequests(actions).doFilter(request, response, chain);
  }

  private List<Integer> statuses() {
    return actions.newest(new PageRequest(10, "")).items().stream()
        .map(StaffAction::status)
        .toList();
  }
}
