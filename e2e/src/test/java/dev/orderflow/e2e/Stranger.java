package dev.orderflow.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Means no good, calls from an address of its own (all of 127.0.0.0/8 is this machine), and speaks
 * raw bytes.
 */
final class Stranger implements AutoCloseable {
  /** Of an answer that did not come. */
  static final String NONE = "none";

  private static final int SMALL_BUFFER_BYTES = 1_024;
  private static final int METADATA_CHARACTERS = 16_000;
  private static final int LONG_TEXT = 0x7f;
  private static final int ANSWER_WITHIN_MILLIS = 30_000;
  private static final String STATUS_LINE = "HTTP/1.1 200";

  private final InetAddress address;
  private final List<Socket> open = new ArrayList<>();

  Stranger(String address) {
    this.address = InetAddress.ofLiteral(address);
  }

  private Socket connected(URI to, boolean slowly) throws IOException {
    var socket = new Socket();
    if (slowly) {
      socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
    }
    socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress(to.getHost(), to.getPort()));
    return socket;
  }

  /** Opens connections, sends the same on each, and reads nothing. */
  void opens(int connections, URI to, String bytes) throws IOException {
    for (var count = 0; count < connections; count++) {
      var socket = connected(to, true);
      open.add(socket);
      send(socket, bytes);
    }
  }

  /** Sends a little more on every connection that is open. */
  void drips() {
    open.forEach(socket -> send(socket, "x"));
  }

  private static void send(Socket socket, String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // It was hung up on, as may be.
    }
  }

  /**
   * Opens connections until so many are open, sends the same on each, and keeps those that are
   * answered 200.
   *
   * @return how many are open
   */
  int keepsServed(int connections, URI to, String bytes) throws IOException {
    while (open.size() < connections) {
      var socket = connected(to, true);
      send(socket, bytes);
      if (!status(socket).equals("200")) {
        socket.close();
        break;
      }
      open.add(socket);
    }
    return open.size();
  }

  private static String status(Socket socket) {
    try {
      var line = socket.getInputStream().readNBytes(STATUS_LINE.length());
      return statusOf(new String(line, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return NONE;
    }
  }

  /** Asks at once so many times, and answers with the statuses. */
  List<String> asks(int times, URI to, String request) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = Stream.<Callable<String>>generate(() -> () -> asks(to, request)).limit(times);
      return threads.invokeAll(asking.toList()).stream().map(Future::resultNow).toList();
    }
  }

  /** The status of the answer to a request. */
  String asks(URI to, String request) {
    try (var socket = connected(to, false)) {
      send(socket, request);
      var answer = socket.getInputStream().readAllBytes();
      return statusOf(new String(answer, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return NONE;
    }
  }

  private static String statusOf(String answer) {
    return answer.length() < STATUS_LINE.length() ? NONE : answer.substring(9, 12);
  }

  /**
   * Makes calls over one HTTP/2 connection (RFC 9113) and takes each back at once.
   *
   * @param method of gRPC, with its service
   * @return whether it was hung up on before it was done
   */
  boolean takesBack(int calls, URI to, String method) throws IOException {
    return isHungUpOn(
        to,
        out -> {
          var head = head(method);
          for (var call = 0; call < calls; call++) {
            out.write(frame(1, 4, 2 * call + 1, head));
            out.write(frame(3, 0, 2 * call + 1, new byte[] {0, 0, 0, 8}));
          }
        });
  }

  /**
   * Begins one call over one HTTP/2 connection (RFC 9113), whose metadata does not end.
   *
   * @param frames of metadata, of 16 KB each
   * @param method of gRPC, with its service
   * @return whether it was hung up on before it was done
   */
  boolean sendsMetadata(int frames, URI to, String method) throws IOException {
    return isHungUpOn(
        to,
        out -> {
          out.write(frame(1, 0, 1, head(method)));
          var metadata = new ByteArrayOutputStream();
          metadata.write(0x00);
          metadata.write(text("large"));
          metadata.write(text("x".repeat(METADATA_CHARACTERS)));
          for (var frame = 0; frame < frames; frame++) {
            out.write(frame(9, 0, 1, metadata.toByteArray()));
          }
        });
  }

  private boolean isHungUpOn(URI to, Saying saying) throws IOException {
    try (var socket = connected(to, false)) {
      var out = socket.getOutputStream();
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(frame(4, 0, 0, new byte[0]));
      saying.to(out);
      // The end, behind what was said before it.
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** What is said on a connection. */
  private interface Saying {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(payload.length << 8 | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    return bytes.toByteArray();
  }

  /** Literals without indexing (RFC 7541, section 6.2.2), but for the method and the scheme. */
  private static byte[] head(String method) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0x83);
    bytes.write(0x86);
    bytes.write(0x04);
    bytes.write(text("/" + method));
    bytes.write(0x01);
    bytes.write(text("localhost"));
    bytes.write(0x00);
    bytes.write(text("content-type"));
    bytes.write(text("application/grpc"));
    bytes.write(0x00);
    bytes.write(text("te"));
    bytes.write(text("trailers"));
    return bytes.toByteArray();
  }

  /** A length of 127 or more has more bytes (RFC 7541, section 5.1). */
  private static byte[] text(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (text.length() < LONG_TEXT) {
      bytes.write(text.length());
    } else {
      bytes.write(LONG_TEXT);
      var rest = text.length() - LONG_TEXT;
      for (; rest > 0x7f; rest >>>= 7) {
        bytes.write(rest & 0x7f | 0x80);
      }
      bytes.write(rest);
    }
    bytes.write(text.getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  /** Ends all of its connections. */
  @Override
  public void close() throws IOException {
    for (var socket : open) {
      socket.close();
    }
    open.clear();
  }
}
