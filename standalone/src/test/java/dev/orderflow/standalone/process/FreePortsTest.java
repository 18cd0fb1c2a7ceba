package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.FreePorts.Range;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void ports_lie_below_the_ephemeral_range_when_there_is_room() {
    assertThat(Range.outside("32768\t60999\n")).isEqualTo(new Range(20_000, 32_767));
  }

  @Test
  void ports_lie_above_the_ephemeral_range_when_there_is_no_room_below() {
    assertThat(Range.outside("1024 60999")).isEqualTo(new Range(61_000, 65_535));
  }

  @Test
  void an_ephemeral_range_that_leaves_no_room_is_not_avoided() {
    assertThat(Range.outside("1024 65535")).isEqualTo(new Range(20_000, 32_000));
  }

  @Test
  void no_port_is_given_twice() {
    var ports = FreePorts.ofThisMachine();

    assertThat(Stream.generate(ports::next).limit(200)).doesNotHaveDuplicates();
  }

  @Test
  void a_port_in_use_is_neither_given_nor_taken() throws IOException {
    try (var busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var port = busy.getLocalPort();
      var ports = new FreePorts(new Random(1), new Range(port, port));

      assertThat(ports.take(port)).isFalse();
      assertThatThrownBy(ports::next).isInstanceOf(StartFailedException.class);
    }
  }
}
