package dev.orderflow.e2e.platform;

import dev.orderflow.e2e.shop.ShopClient;
import java.nio.file.Path;

/** A whole platform on random ports and with data of its own. */
public interface PlatformUnderTest {
  /** Where Orderflow's own sources are. */
  Path PROJECT =
      Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
          .toAbsolutePath()
          .getParent();

  /** What it was made from. */
  Setup setup();

  /** Whether tests may share it that ask for this setup. */
  boolean suits(Setup wanted);

  /** Returns when the platform is ready; its data is what an earlier life has left. */
  void start();

  /** Ends it as an operator would, and answers the exit code. */
  int stop();

  /** Whether it was started and not stopped. */
  boolean isRunning();

  /** Where everything is at this moment. */
  Cluster cluster();

  /** The way in, in this life. */
  ShopClient shop();

  /** Runs one of the operators' commands beside it, and answers its exit code. */
  int run(String command);
}
