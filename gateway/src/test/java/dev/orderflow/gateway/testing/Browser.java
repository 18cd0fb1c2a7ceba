package dev.orderflow.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does without a script: it keeps cookies, fills in forms, follows redirects. */
public final class Browser implements AutoCloseable {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  private final CookieManager cookies = new TrustedLoopback();
  private final URI home;
  private HttpClient http = connected();

  /** As in browsers, a cookie for secure connections only may also go to this machine. */
  private static final class TrustedLoopback extends CookieManager {
    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      var plain = new LinkedHashMap<String, List<String>>();
      headers.forEach((name, values) ->
          plain.put(
              name, values.stream().map(value -> value.replaceAll("(?i); *secure", "")).toList()));
      super.put(uri, plain);
    }
  }

  /** One that looks at this gateway. */
  public Browser(RunningGateway gateway) {
    this("http://127.0.0.1:" + gateway.port());
  }

  /** One that looks at this origin. */
  public Browser(String origin) {
    home = URI.create(origin);
  }

  private HttpClient connected() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .cookieHandler(cookies)
        .build();
  }

  /**
   * Goes on over new connections: what is written to one that the other side has closed just now is
   * lost.
   */
  public void connectAnew() {
    http.shutdownNow();
    http = connected();
  }

  /** Asks for a page, and does not follow where it leads. */
  public HttpResponse<String> get(String address) {
    return send(request(address).GET());
  }

  /** A request that is yet to be sent. */
  public HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(home.resolve(address));
  }

  /** Sends a request with its cookies. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  /** Sends a request with its cookies, and gives the answer while it is still coming. */
  public HttpResponse<InputStream> open(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a write as the page's script does: with the value of the cookie in a header. */
  public HttpResponse<String> write(String method, String path, String... headers) {
    var request =
        request(path)
            .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
            .method(method, BodyPublishers.ofString("{}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Goes to the sign-in page. */
  public HttpResponse<String> toSignIn(String signIn) {
    return get(location(get(signIn)));
  }

  /** Fills the sign-in page in, and does not follow where that leads. */
  public HttpResponse<String> submit(HttpResponse<String> page, String name, String password) {
    var form = new LinkedHashMap<String, String>();
    HIDDEN
        .matcher(page.body())
        .results()
        .forEach(field -> form.put(field.group(1), unescaped(field.group(2))));
    form.put("username", name);
    form.put("password", password);
    return post("/oauth2/authorize", form);
  }

  /** Sends a form. */
  public HttpResponse<String> post(String path, Map<String, String> form) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&")))));
  }

  /** Signs in from beginning to end; the secret is the name. Returns the last redirect. */
  public HttpResponse<String> signIn(String name) {
    return signIn(name, "/sign-in?returnTo=/");
  }

  /** The same, beginning at this address. */
  public HttpResponse<String> signIn(String name, String signIn) {
    return get(location(submit(toSignIn(signIn), name, name)));
  }

  /** Where an answer leads. */
  public static String location(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(answer.statusCode() + ": " + answer.body()));
  }

  /** The value of a cookie; empty when there is none. */
  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  /** Has this cookie from now on, wherever it was taken from. */
  public void steal(String name, String value) {
    var cookie = new HttpCookie(name, value);
    cookie.setDomain(home.getHost());
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(home, cookie);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String unescaped(String html) {
    return html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
