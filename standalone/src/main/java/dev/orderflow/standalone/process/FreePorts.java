package dev.orderflow.standalone.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Scanner;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Picks ports that are free on loopback and lie outside the kernel's ephemeral range, so that no
 * outgoing connection takes one while its owner restarts.
 */
public final class FreePorts {
  private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 20_000;
  private static final int HIGHEST_WHEN_UNKNOWN = 32_000;
  private static final int MIN_WIDTH = 1_000;
  private static final int ATTEMPTS = 1_000;

  private final RandomGenerator random;
  private final Range range;
  private final Set<Integer> given = new HashSet<>();

  /** A range of ports, both ends included. */
  record Range(int low, int high) {
    /** The range to pick from, given the content of the kernel's {@code ip_local_port_range}. */
    static Range outside(String ephemeral) {
      var ends = new Scanner(ephemeral);
      var low = ends.nextInt();
      var high = ends.nextInt();
      if (low - LOWEST >= MIN_WIDTH) {
        return new Range(LOWEST, low - 1);
      }
      if (65_535 - high >= MIN_WIDTH) {
        return new Range(high + 1, 65_535);
      }
      return new Range(LOWEST, HIGHEST_WHEN_UNKNOWN);
    }
  }

  FreePorts(RandomGenerator random, Range range) {
    this.random = random;
    this.range = range;
  }

  /** Picks at random, so that two launchers that start together do not meet. */
  public static FreePorts ofThisMachine() {
    Range range;
    try {
      range = Range.outside(Files.readString(EPHEMERAL));
    } catch (IOException | RuntimeException unknown) {
      range = new Range(LOWEST, HIGHEST_WHEN_UNKNOWN);
    }
    return new FreePorts(RandomGenerator.getDefault(), range);
  }

  /** A port that is free now and that this object has not given before. */
  public int next() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = random.nextInt(range.low(), range.high() + 1);
      if (!given.contains(port) && take(port)) {
        return port;
      }
    }
    throw new StartFailedException(
        "No free port between %d and %d on 127.0.0.1.".formatted(range.low(), range.high()));
  }

  /** Takes a port that was chosen elsewhere; false when it is in use. */
  public boolean take(int port) {
    return isFree(port) && given.add(port);
  }

  /** True when a server could listen on this port of 127.0.0.1 now. */
  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
