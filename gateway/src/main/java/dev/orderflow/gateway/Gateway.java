package dev.orderflow.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** The gateway's process. */
@SpringBootApplication(proxyBeanMethods = false, exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
public class Gateway {
  /** Starts it; all settings come from the environment. */
  public static void main(String[] args) {
    // Shorter than the 20 s of the services' Tomcat: a write must not meet a connection that the
    // service is about to close, since it would not be known whether it arrived.
    System.setProperty("jdk.httpclient.keepalive.timeout", "10");
    SpringApplication.run(Gateway.class, args);
  }
}
