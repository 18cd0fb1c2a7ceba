package dev.orderflow.platform.liveness;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * Gives virtual threads more threads to run on than there are processors. One that loads or
 * initialises a class cannot leave its carrier while it waits. With two carriers two of them, at a
 * start, can wait for a third that has none: then nothing goes on, for ever. The JVM reads the
 * number once, when the first virtual thread is made. A number that is given is kept.
 *
 * @see <a href="https://openjdk.org/jeps/491">JEP 491, "Future Work"</a>
 */
public final class SpareCarriers implements ApplicationListener<ApplicationStartingEvent> {
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  private static final int FEWEST = 16;

  @Override
  public void onApplicationEvent(ApplicationStartingEvent event) {
    if (System.getProperty(CARRIERS) == null) {
      var carriers = Math.max(FEWEST, Runtime.getRuntime().availableProcessors());
      System.setProperty(CARRIERS, Integer.toString(carriers));
    }
  }
}
