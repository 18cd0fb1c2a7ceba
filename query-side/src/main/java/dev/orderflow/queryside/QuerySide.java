package dev.orderflow.queryside;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The query side as a process. */
@SpringBootApplication(proxyBeanMethods = false, exclude = ErrorMvcAutoConfiguration.class)
public class QuerySide {
  /** Starts it; settings come from the environment. */
  public static void main(String[] args) {
    SpringApplication.run(QuerySide.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
