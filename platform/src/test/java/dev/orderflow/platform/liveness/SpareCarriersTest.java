package dev.orderflow.platform.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class SpareCarriersTest {
  @Test
  void a_service_goes_on_while_as_many_virtual_threads_as_processors_initialise_classes()
      throws IOException, InterruptedException {
    var program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=2",
                "-cp",
                System.getProperty("java.class.path"),
                Service.class.getName())
            .inheritIO()
            .start();

    assertThat(program.waitFor()).isZero();
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
      Thread.startVirtualThread(GOES_ON::countDown);
      System.exit(GOES_ON.await(30, TimeUnit.SECONDS) ? 0 : 1);
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
