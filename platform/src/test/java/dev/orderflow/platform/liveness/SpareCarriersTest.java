package dev.orderflow.platform.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class SpareCarriersTest {
  @TempDir private Path directory;

  @Test
  void a_service_goes_on_while_as_many_virtual_threads_as_processors_initialise_classes()
      throws IOException, InterruptedException {
    var log = directory.resolve("service.log");
    var service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=2",
                "-cp",
                System.getProperty("java.class.path"),
                Service.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      service.destroyForcibly();
    }

    assertThat(service.exitValue()).isZero();
    // Not before they stood still.
    assertThat(log).content().containsSubsequence("stands still with 2", "goes on with 4");
  }

  /** A JVM of its own: all of its virtual threads stand still. */
  @Configuration(proxyBeanMethods = false)
  @Import(LivenessAutoConfiguration.class)
  static class Service {
    static final CountDownLatch INITIALISING = new CountDownLatch(2);
    static final CountDownLatch GOES_ON = new CountDownLatch(1);

    static void main() throws InterruptedException {
      var application = new SpringApplication(Service.class);
      application.setWebApplicationType(WebApplicationType.NONE);
      application.run();
      Thread.startVirtualThread(One::new);
      Thread.startVirtualThread(Other::new);
      INITIALISING.await();
      var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
      System.out.println("stands still with " + scheduler.getParallelism());
      Thread.startVirtualThread(GOES_ON::countDown);
      var goesOn = GOES_ON.await(1, TimeUnit.MINUTES);
      if (goesOn) {
        System.out.println("goes on with " + scheduler.getParallelism());
      }
      System.exit(goesOn ? 0 : 1);
    }

    static void initialise() {
      INITIALISING.countDown();
      try {
        GOES_ON.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  private static final class One {
    static {
      Service.initialise();
    }
  }

  private static final class Other {
    static {
      Service.initialise();
    }
  }
}
