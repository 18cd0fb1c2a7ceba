package dev.orderflow.queryside;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The query side as a process. */
@SpringBootApplication(proxyBeanMethods = false)
public class QuerySide {
  /** Starts it; settings come from the environment. */
  public static void main(String[] args) {
    SpringApplication.run(QuerySide.class, args);
  }
}
