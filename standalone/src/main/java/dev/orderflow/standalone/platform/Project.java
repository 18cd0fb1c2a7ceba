package dev.orderflow.standalone.platform;

import java.nio.file.Path;

/** The project whose jars are run. */
public final class Project {
  private static final String PROPERTY = "orderflow.home";

  private Project() {}

  /** Its root directory: what the {@code orderflow} script says, else the working directory. */
  public static Path directory() {
    return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
  }
}
