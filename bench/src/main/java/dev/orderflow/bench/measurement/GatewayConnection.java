package dev.orderflow.bench.measurement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A customer's connection, HTTP/1.1, kept open as long as the gateway keeps it. A plain socket: the
 * bench shares the processors with what it measures, and an HTTP client would cost as much as the
 * gateway does.
 */
public final class GatewayConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HEXADECIMAL = 16;

  private final URI gateway;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  /** It is opened with the first request. */
  public GatewayConnection(String gateway) {
    this.gateway = URI.create(gateway);
  }

  /** What was answered. */
  public record Answer(int status, String body) {}

  /** The token of a user whose secret is the name, as the line of a header. */
  public String token(String user) throws IOException {
    var basic = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
    var answer =
        send(
            "POST",
            "/oauth2/token",
            "Authorization: Basic "
                + basic
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            "grant_type=client_credentials");
    return "Authorization: Bearer "
        + JsonMapper.shared().readTree(answer.body()).path("access_token").asString()
        + "\r\n";
  }

  /**
   * Sends a request and returns when the whole answer is there.
   *
   * @param headers lines, each with its end
   */
  public Answer send(String method, String path, String headers, String body) throws IOException {
    var content = body.getBytes(UTF_8);
    var head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(method, path, gateway.getAuthority(), content.length, headers)
            .getBytes(ISO_8859_1);
    var request = new ByteArrayOutputStream(head.length + content.length);
    request.writeBytes(head);
    request.writeBytes(content);
    var open = open();
    request.writeTo(open.getOutputStream());
    return read();
  }

  private Socket open() throws IOException {
    var current = socket;
    if (current == null) {
      current = new Socket(gateway.getHost(), gateway.getPort());
      current.setTcpNoDelay(true);
      current.setSoTimeout((int) PATIENCE.toMillis());
      in = new BufferedInputStream(current.getInputStream());
      socket = current;
    }
    return current;
  }

  private Answer read() throws IOException {
    var status = Integer.parseInt(line().split(" ", 3)[1]);
    var length = 0;
    var chunked = false;
    var ends = false;
    for (var line = line(); !line.isEmpty(); line = line()) {
      var header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.contains("chunked");
      } else if (header.startsWith("connection:")) {
        ends = header.contains("close");
      }
    }
    var body = chunked ? chunks() : in.readNBytes(length);
    if (ends) {
      close();
    }
    return new Answer(status, new String(body, UTF_8));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (var size = Integer.parseInt(line(), HEXADECIMAL);
        size > 0;
        size = Integer.parseInt(line(), HEXADECIMAL)) {
      body.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the gateway hung up");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    var current = socket;
    socket = null;
    if (current != null) {
      current.close();
    }
  }
}
