package dev.orderflow.saga;

import dev.orderflow.platform.security.RequestRules;
import dev.orderflow.platform.security.Scope;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the service. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
@EnableScheduling
public class Sagas {
  /** Starts the service; it is configured by environment variables. */
  public static void main(String[] arguments) {
    SpringApplication.run(Sagas.class, arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Nothing is asked of this service but its health, and by staff what cannot proceed. */
  @Bean
  RequestRules requestRules() {
    return requests -> requests.requestMatchers("/admin/**").hasAuthority(Scope.STAFF.authority());
  }
}
