package dev.orderflow.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Tasks know who works on them by this name. */
class InstanceNameTest {
  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withPropertyValues("spring.config.name=service")
          .withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void replicas_that_share_an_environment_have_the_names_of_their_hosts() {
    assertName(service.withPropertyValues("HOSTNAME=replica-7f9c"), "replica-7f9c");
  }

  @Test
  void a_name_that_is_set_wins() {
    assertName(
        service
            .withPropertyValues("HOSTNAME=replica-7f9c")
            .withSystemProperties("orderflow.instance=2"),
        "2");
  }

  private static void assertName(ApplicationContextRunner service, String name) {
    service.run(context ->
        assertThat(context.getEnvironment().getProperty("orderflow.instance")).isEqualTo(name));
  }
}
