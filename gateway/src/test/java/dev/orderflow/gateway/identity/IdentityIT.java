package dev.orderflow.gateway.identity;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import dev.orderflow.platform.testing.SigningKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class IdentityIT {
  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void reset() {
    SharedServices.reset();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,   /products",
    "PUT,    /products/PROD-1/price",
    "POST,   /products/PROD-1/activate",
    "POST,   /products/PROD-1/deactivate",
    "POST,   /inventory/PROD-1/receipts",
    "POST,   /orders",
    "POST,   /orders/ORD-1/cancel",
    "GET,    /orders",
    "GET,    /orders/ORD-1",
    "GET,    /orders/ORD-1/events",
    "GET,    /customers/alice/personal-data",
    "DELETE, /customers/alice/personal-data",
    "GET,    /admin/orders",
    "GET,    /admin/orders.csv",
    "GET,    /admin/projections",
    "POST,   /admin/projections/product/rebuild",
    "GET,    /admin/dead-letters",
    "POST,   /admin/dead-letters/retry",
    "GET,    /admin/dead-letters/saga-7",
    "DELETE, /admin/dead-letters/query-side-7",
    "GET,    /admin/overview",
    "GET,    /admin/staff-actions",
    "GET,    /admin/orders/ORD-1/timeline",
    "GET,    /admin/traces",
    "GET,    /admin/traces/4bf92f3577b34da6a3ce929d0e0e4736",
    "GET,    /admin/demo",
    "PUT,    /admin/demo/provider",
    "POST,   /admin/demo/instances/saga/1/stop",
    "POST,   /admin/demo/instances/saga/1/start",
    "POST,   /admin/demo/halt",
    "POST,   /admin/demo/sale",
    "DELETE, /admin/demo/sale"
  })
  void all_but_product_reads_need_a_token(String method, String path) {
    var response = GATEWAY.send(GATEWAY.request(method, path));

    assertProblem(response, 401, "UNAUTHENTICATED");
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "customer, POST,   /products",
    "customer, PUT,    /products/PROD-1/price",
    "customer, POST,   /products/PROD-1/activate",
    "customer, POST,   /products/PROD-1/deactivate",
    "customer, POST,   /inventory/PROD-1/receipts",
    "customer, GET,    /admin/orders",
    "customer, GET,    /admin/orders.csv",
    "customer, GET,    /admin/projections",
    "customer, POST,   /admin/projections/product/rebuild",
    "customer, DELETE, /admin/projections/product/rebuild",
    "customer, POST,   /admin/publication/republish",
    "customer, GET,    /admin/dead-letters",
    "customer, POST,   /admin/dead-letters/saga-7/retry",
    "customer, POST,   /admin/dead-letters/retry",
    "customer, GET,    /admin/overview",
    "customer, GET,    /admin/staff-actions",
    "customer, GET,    /admin/orders/ORD-1/timeline",
    "customer, GET,    /admin/traces",
    "customer, GET,    /admin/traces/4bf92f3577b34da6a3ce929d0e0e4736",
    "customer, GET,    /admin/demo",
    "customer, PUT,    /admin/demo/provider",
    "customer, POST,   /admin/demo/instances/saga/1/stop",
    "customer, POST,   /admin/demo/instances/saga/1/start",
    "customer, POST,   /admin/demo/halt",
    "customer, POST,   /admin/demo/sale",
    "customer, DELETE, /admin/demo/sale",
    "service,  POST,   /products",
    "service,  POST,   /orders",
    "staff,    POST,   /orders"
  })
  void a_token_without_the_scope_of_the_call_is_not_let_through(
      String scope, String method, String path) {
    assertProblem(GATEWAY.send(GATEWAY.requestAs(scope, method, path)), 403, "FORBIDDEN");
    assertThat(SharedServices.received()).isEmpty();
  }

  @Test
  void a_token_that_is_forged_expired_unsigned_or_from_elsewhere_does_not_hold() {
    var forged = SigningKeys.generate().token("alice", "customer");
    var expired =
        SigningKeys.TRUSTED.token(SigningKeys.ISSUER, "alice", "customer", Duration.ofMinutes(-5));
    var elsewhere =
        SigningKeys.TRUSTED.token(
            "http://elsewhere.test", "alice", "customer", Duration.ofHours(1));
    var parts = SigningKeys.TRUSTED.token("alice", "customer").split("\\.");
    var unsigned =
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[1]
            + ".";
    var changed =
        parts[0]
            + "."
            + SigningKeys.TRUSTED.token("admin", "staff").split("\\.")[1]
            + "."
            + parts[2];

    for (var token : new String[] {forged, expired, elsewhere, unsigned, changed, "nonsense"}) {
      var request = GATEWAY.request("GET", "/orders").header("Authorization", "Bearer " + token);
      assertProblem(GATEWAY.send(request), 401, "UNAUTHENTICATED");
    }
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"alice, alice, customer", "admin, admin, staff", "both, s:e c+r%t, customer staff"})
  void a_client_gets_a_token_that_says_who_it_is_and_what_it_may(
      String id, String secret, String scope) {
    var response = GATEWAY.send(tokenRequest(id, secret, "grant_type=client_credentials"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    var answer = RunningGateway.json(response);
    assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
    assertThat(answer.path("scope").asString()).isEqualTo(scope);
    var token = GATEWAY.bean(JwtDecoder.class).decode(answer.path("access_token").asString());
    assertThat(token.getSubject()).isEqualTo(id);
    assertThat(token.getClaimAsString("iss")).isEqualTo(SigningKeys.ISSUER);
    assertThat(token.getAudience()).containsExactly("orderflow");
    assertThat(token.getClaimAsString("client_id")).isEqualTo(id);
    assertThat(token.getHeaders()).containsEntry("typ", "at+jwt");
    assertThat(token.getClaimAsString("scope")).isEqualTo(scope);
    assertThat(token.getId()).isNotBlank();
    assertThat(token.getIssuedAt()).isCloseTo(Instant.now(), within(30));
    assertThat(token.getExpiresAt()).isCloseTo(Instant.now().plusSeconds(3600), within(30));
  }

  private static org.assertj.core.data.TemporalUnitOffset within(long seconds) {
    return org.assertj.core.api.Assertions.within(seconds, ChronoUnit.SECONDS);
  }

  @Test
  void a_token_from_the_gateway_opens_the_routes_of_its_scope() {
    var answer =
        RunningGateway.json(
            GATEWAY.send(tokenRequest("alice", "alice", "grant_type=client_credentials")));
    var bearer = "Bearer " + answer.path("access_token").asString();

    var placed = GATEWAY.send(GATEWAY.request("POST", "/orders").header("Authorization", bearer));
    var created =
        GATEWAY.send(GATEWAY.request("POST", "/products").header("Authorization", bearer));

    assertThat(placed.statusCode()).isEqualTo(200);
    assertProblem(created, 403, "FORBIDDEN");
  }

  @Test
  void a_client_may_ask_for_less_than_it_may_have_and_not_for_more() {
    var less =
        GATEWAY.send(
            tokenRequest("both", "s:e c+r%t", "grant_type=client_credentials&scope=staff"));
    var more =
        GATEWAY.send(
            tokenRequest("alice", "alice", "grant_type=client_credentials&scope=customer+staff"));

    assertThat(RunningGateway.json(less).path("scope").asString()).isEqualTo("staff");
    assertRefused(more, 400, "invalid_scope");
  }

  @ParameterizedTest
  @CsvSource({
    "alice, wrong",
    "alice, ''",
    "nobody, alice",
    "nobody, nobody",
    "'', ''",
    "alice, alice1",
    "alice, alic"
  })
  void a_client_with_a_wrong_secret_gets_nothing(String id, String secret) {
    var response = GATEWAY.send(tokenRequest(id, secret, "grant_type=client_credentials"));

    assertRefused(response, 401, "invalid_client");
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
  }

  @Test
  void who_guesses_a_secret_is_told_to_wait() {
    var guess = tokenRequest("guessed", "wrong", "grant_type=client_credentials");

    // The first pause may be over before the next guess; they grow.
    var paused =
        Stream.generate(() -> GATEWAY.send(guess))
            .limit(12)
            .filter(answer -> answer.statusCode() != 401)
            .findFirst()
            .orElseThrow();

    assertThat(paused.statusCode()).isEqualTo(429);
    assertThat(paused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic YWxpY2U=", "Digest x", "Basic JTolOg=="})
  void a_client_without_proper_credentials_gets_nothing(String authorization) {
    var request = form("grant_type=client_credentials").header("Authorization", authorization);

    assertRefused(GATEWAY.send(request), 401, "invalid_client");
    assertRefused(GATEWAY.send(form("grant_type=client_credentials")), 401, "invalid_client");
  }

  @ParameterizedTest
  @CsvSource({
    "scope=customer, invalid_request",
    "grant_type=client_credentials&grant_type=client_credentials, invalid_request",
    "grant_type=client_credentials&scope=a&scope=b, invalid_request",
    "grant_type=password, unsupported_grant_type",
    "grant_type=, unsupported_grant_type"
  })
  void a_request_of_another_form_is_refused(String form, String error) {
    assertRefused(GATEWAY.send(tokenRequest("alice", "alice", form)), 400, error);
  }

  @Test
  void the_published_keys_verify_the_tokens_and_hold_no_secret() throws Exception {
    var published = GATEWAY.send(GATEWAY.request("GET", "/oauth2/jwks"));
    var token =
        RunningGateway.json(
                GATEWAY.send(tokenRequest("alice", "alice", "grant_type=client_credentials")))
            .path("access_token")
            .asString();

    var key = JWKSet.parse(published.body()).getKeys().getFirst();
    assertThat(key.isPrivate()).isFalse();
    var signed = SignedJWT.parse(token);
    assertThat(signed.getHeader().getKeyID()).isEqualTo(key.getKeyID());
    assertThat(
            signed.verify(
                new com.nimbusds.jose.crypto.RSASSAVerifier(key.toRSAKey().toRSAPublicKey())))
        .isTrue();
  }

  private static HttpRequest.Builder tokenRequest(String id, String secret, String form) {
    var credentials = encoded(id) + ":" + encoded(secret);
    return form(form)
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  private static String encoded(String value) {
    return java.net.URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder form(String form) {
    return GATEWAY
        .request("POST", "/oauth2/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private static void assertRefused(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(RunningGateway.json(response).path("error").asString()).isEqualTo(error);
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }
}
