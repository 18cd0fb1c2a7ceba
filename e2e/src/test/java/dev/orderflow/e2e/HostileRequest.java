package dev.orderflow.e2e;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A request of an attacker: now and then a proper one, mostly one that is broken in a few places,
 * sometimes no HTTP at all. Equal seeds give equal requests.
 *
 * @param head the request line and headers
 * @param body its bytes, one per character
 * @param creates whether a success is a new product
 */
record HostileRequest(String head, String body, boolean creates) {
  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE",
          "CONNECT", "BREW", "get", "G\tT", "");
  private static final List<String> PATHS =
      List.of(
          "/products",
          "/products/%s",
          "/products/%s/price",
          "/products/%s/activate",
          "/products/%s/deactivate",
          "/inventory/%s",
          "/inventory/%s/receipts",
          "/orders",
          "/orders/%s",
          "/orders/%s/events",
          "/orders/%s/cancel",
          "/customers/%s/personal-data",
          "/admin/orders",
          "/admin/orders.csv",
          "/admin/projections",
          "/admin/projections/%s/rebuild",
          "/admin/publication",
          "/admin/orders/%s/timeline",
          "/admin/streams/order-%s",
          "/admin/dead-letters",
          "/admin/dead-letters/%s",
          "/admin/dead-letters/%s/retry",
          "/admin/dead-letters/saga-%s/retry",
          "/oauth2/token",
          "/oauth2/jwks",
          "/oauth2/authorize",
          "/.well-known/openid-configuration",
          "/session",
          "/sign-in",
          "/sign-in/callback",
          "/sign-out",
          "/v3/api-docs",
          "/docs",
          "/error",
          "/%s",
          "/",
          "*",
          "%s",
          "http://a/products",
          "//products",
          "/actuator/%s");
  private static final List<String> IDS =
      List.of(
          "PROD-NONE",
          "ORD-none",
          "1",
          "-1",
          "99999999999999999999",
          "%",
          "%zz",
          "%00",
          "%ff",
          "%c0%80",
          "%ed%a0%80",
          "%2f",
          "..%2f..",
          "%5c",
          ";a=b",
          "..",
          ".",
          "%20",
          "a%0d%0ab",
          "%f0%9f%98%80",
          "\u00e9",
          "<x>",
          "{x}",
          "'",
          "a".repeat(300),
          "a".repeat(9_000));
  private static final List<String> QUERIES =
      List.of(
          "",
          "",
          "?",
          "?%",
          "?x=%",
          "?pageSize=1",
          "?pageSize=-1",
          "?pageSize=1e9",
          "?pageSize=",
          "?pageSize=99999999999",
          "?pageSize=1&pageSize=2",
          "?pageToken=%00",
          "?pageToken=%ff",
          "?pageToken=AAAA",
          "?pageToken=" + "A".repeat(3_000),
          "?access_token=x",
          "?status=PENDING",
          "?status=%s",
          "?status[]=PENDING&status.x=1",
          "?placedFrom=2026-11-22T10:00:00Z&placedTo=2026-11-22T09:00:00Z",
          "?placedFrom=-999999999-01-01T00:00:00%2B18:00&placedTo=+999999999-12-31T23:59:59Z",
          "?placedTo=2026-11-22T10:00:00.000000001+07:00",
          "?orderId=ORD-none&userId=%00&productId=",
          "?userId=alice&productId=PROD-NONE",
          "?orderId='&userId='&productId='",
          "?q=c%C3%A0%20ph%C3%AA",
          "?q=%00",
          "?q=%cc%80",
          "?q=':*%20&%20!",
          "?q=" + "%ef%b7%ba".repeat(100),
          "?q=" + "%f0%9d%94%98".repeat(100),
          "?q=" + "a".repeat(200),
          "?a[]=1",
          "?&&&",
          "?=",
          "?pageSize=%31",
          "?x=" + "%41".repeat(100),
          "?" + "a&".repeat(1_500));
  private static final Map<String, List<String>> HEADERS =
      Map.ofEntries(
          Map.entry(
              "Accept",
              List.of(
                  "*/*",
                  "text/html",
                  "application/problem+json",
                  "a",
                  "/",
                  "text/event-stream",
                  "application/json;q=0",
                  "*/*;q=x")),
          Map.entry(
              "Content-Type",
              List.of(
                  "application/json",
                  "application/json;charset=utf-16",
                  "application/json;charset=x",
                  "text/plain",
                  "multipart/form-data",
                  "/",
                  "multipart/form-data;boundary=x",
                  "application/x-www-form-urlencoded",
                  "application/x-www-form-urlencoded;charset=x",
                  "application/problem+json")),
          Map.entry("If-Match", List.of("*", "\"1\"", "1", "\"1\", W/\"2\"", "\"", ",", "\u00ff")),
          Map.entry("If-None-Match", List.of("*", "\"1\"", "1", "W/\"1-1\"", "\"", ",,")),
          Map.entry(
              "Orderflow-Consistency",
              List.of(
                  "v1.product.1.PROD-1",
                  "x",
                  "",
                  "\u0080",
                  "v1.order.99999999999999999999.x",
                  "v1.stock.1.a,v1.stock.1.a")),
          Map.entry("Idempotency-Key", List.of("alice_20241201143022_abc789", "x", "\"", "")),
          Map.entry("Last-Event-ID", List.of("1", "-1", "x", "99999999999999999999")),
          Map.entry(
              "Transfer-Encoding", List.of("chunked", "gzip", "identity", "chunked, chunked")),
          Map.entry("Content-Length", List.of("0", "5", "-1", "x", "99999999999999999999")),
          Map.entry("Content-Encoding", List.of("gzip", "identity", "x")),
          Map.entry("Expect", List.of("100-continue", "x")),
          Map.entry("Range", List.of("bytes=0-1", "x")),
          Map.entry("Origin", List.of("https://elsewhere.example", "null")),
          Map.entry("Access-Control-Request-Method", List.of("PUT", "x")),
          Map.entry("Upgrade", List.of("h2c", "websocket")),
          Map.entry("X-Forwarded-For", List.of("1.2.3.4", "x", "\u00ff")),
          Map.entry("traceparent", List.of("00-0-0-00", "x")),
          Map.entry("Cookie", List.of("a=b", "\u0001", "=;=")),
          Map.entry("Accept-Language", List.of("vi", "*", "\u0080", "x".repeat(9_000))),
          Map.entry("bad header", List.of("x")));
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "1",
          "\"x\"",
          "{",
          "grant_type=client_credentials",
          "grant_type=%",
          "{\"name\":\"Lamp\",\"description\":\"\",\"price\":1,\"currency\":\"VND\"}",
          "{\"name\":\"\\u200b\",\"price\":1e400,\"currency\":\"VND\"}",
          "{\"name\":\"x\",\"name\":\"y\",\"price\":1,\"currency\":\"VND\"}",
          "{\"price\":1}",
          "{\"price\":NaN}",
          "{\"price\":-0}",
          "{\"price\":1E-1000000000}",
          "{\"price\":1E999999999}",
          "{\"price\":\"1\"}",
          "{\"quantity\":1}",
          "{\"quantity\":1.0}",
          "{\"quantity\":99999999999999999999}",
          "{\"quantity\":1} {\"quantity\":2}",
          "{\"version\":\"alice_20241201143022_fuzz\",\"items\":[{\"productId\":\"PROD-NONE\","
              + "\"quantity\":1,\"expectedPrice\":1,\"priceVersion\":1}],\"contact\":"
              + "{\"name\":\"A\",\"email\":\"a@example.org\",\"address\":\"x\"},\"locale\":\"vi\"}",
          "{\"items\":[null]}",
          "{\"items\":{}}",
          "[".repeat(2_000),
          "{\"a\":".repeat(2_000));

  /** The request with this number. */
  static HostileRequest of(Random random, List<String> tokens) {
    if (random.nextInt(50) == 0) {
      return new HostileRequest(noise(random, 200), "", false);
    }
    if (random.nextInt(500) == 0) {
      return proper(tokens.getLast());
    }
    var method = one(METHODS, random);
    var path = one(PATHS, random).replace("%s", one(IDS, random));
    var body = method.equals("GET") ? "" : mutated(one(BODIES, random), random);
    var staff = !path.startsWith("/admin") || path.startsWith("/admin/orders");
    var head =
        new StringBuilder(method)
            .append(' ')
            .append(mutated(path + one(QUERIES, random).replace("%s", one(IDS, random)), random));
    head.append(random.nextInt(60) == 0 ? " HTTP/9.9" : " HTTP/1.1").append("\r\n");
    if (random.nextInt(60) > 0) {
      head.append("Host: localhost\r\n");
    }
    head.append("Connection: close\r\n");
    if (random.nextInt(3) > 0) {
      var token = random.nextInt(staff ? tokens.size() : tokens.size() - 1);
      head.append("Authorization: ").append(tokens.get(token)).append("\r\n");
    }
    if (random.nextInt(3) > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    var names = List.copyOf(HEADERS.keySet().stream().sorted().toList());
    for (var i = random.nextInt(4); i > 0; i--) {
      var name = one(names, random);
      head.append(name).append(": ").append(one(HEADERS.get(name), random)).append("\r\n");
    }
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return new HostileRequest(
        head.append("\r\n").toString(), body, head.indexOf("POST /products") == 0);
  }

  private static HostileRequest proper(String staff) {
    var body = "{\"name\":\"Lamp\",\"price\":1,\"currency\":\"VND\"}";
    return new HostileRequest(
        "POST /products HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + staff
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n",
        body,
        true);
  }

  byte[] bytes() {
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String mutated(String text, Random random) {
    if (text.isEmpty() || random.nextInt(4) > 0) {
      return text;
    }
    var at = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + noise(random, 3) + text.substring(at);
      case 1 -> text.substring(0, at) + noise(random, 1) + text.substring(at + 1);
      default -> text.substring(0, at);
    };
  }

  private static String noise(Random random, int most) {
    var noise = new StringBuilder();
    for (var i = random.nextInt(most) + 1; i > 0; i--) {
      noise.append((char) random.nextInt(256));
    }
    return noise.toString();
  }

  private static <T> T one(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  @Override
  public String toString() {
    var text = head + body;
    return text.substring(0, Math.min(text.length(), 1_000));
  }
}
