package dev.orderflow.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The platform as its callers see it: REST on the gateway. */
public final class GatewayClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final String url;
  private final URI tokenUri;
  private final HttpClient http;
  private final JsonMapper json = JsonMapper.shared();

  /** An answer; the body is a missing node when it is not JSON. */
  public record Answer(int status, JsonNode body) {
    /** True for 200 and 201. */
    public boolean isSuccess() {
      return status == 200 || status == 201;
    }

    /** True when the same request may well succeed a little later. */
    public boolean isTemporary() {
      return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /** The code in an error's problem document; empty when there is none. */
    public String code() {
      return body.path("code").asString("");
    }
  }

  /** A door at the base address of a gateway that issues the tokens itself. */
  public GatewayClient(String url, HttpClient http) {
    this(url, URI.create(url + "/oauth2/token"), http);
  }

  /** A door at the gateway's base address, with tokens from somewhere else. */
  public GatewayClient(String url, URI tokenUri, HttpClient http) {
    this.url = url;
    this.tokenUri = tokenUri;
    this.http = http;
  }

  /** Asks for a token by client credentials (RFC 6749, section 4.4). */
  public Answer token(String clientId, String secret) throws IOException, InterruptedException {
    var credentials =
        Base64.getEncoder()
            .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return send(
        request(tokenUri)
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials")));
  }

  /** Reads without a token. */
  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** Reads as the bearer of a token. */
  public Answer get(String path, String token) throws IOException, InterruptedException {
    return send(request(path).header("Authorization", "Bearer " + token));
  }

  /** Posts JSON as the bearer of a token. */
  public Answer post(String path, String token, Object body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    return request(URI.create(url + path));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), parse(response.body()));
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException noJson) {
      return MissingNode.getInstance();
    }
  }
}
