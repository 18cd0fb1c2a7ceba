package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.OwnerOnlyFile;
import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Redis server. It holds nothing but what can be built anew, so it stays off the disk. */
public record Redis(Path directory, int port, Programs programs) {
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PONG = "+PONG";

  /** The server as a process. */
  public ProcessSpec spec(LogFile log) {
    return new ProcessSpec(
        "redis",
        "Redis",
        "127.0.0.1:" + port,
        List.of(
            programs.redis().toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            "64mb",
            "--maxmemory-policy",
            "allkeys-lru"),
        Map.of(),
        directory,
        log,
        Signal.TERM,
        Duration.ofSeconds(5),
        ProcessSpec.ALWAYS,
        () -> OwnerOnlyFile.directory(directory),
        this::answersPing,
        this::answersPing);
  }

  private boolean answersPing() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(PING);
      var answer = socket.getInputStream().readNBytes(PONG.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(PONG);
    }
  }
}
