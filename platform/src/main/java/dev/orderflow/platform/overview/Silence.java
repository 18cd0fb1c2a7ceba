package dev.orderflow.platform.overview;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks something that the service depends on again and again whether it answers, and knows for how
 * long it has not: also when nobody else asks it for anything.
 */
public final class Silence implements MeterBinder {
  private static final double LONG = 2;
  private static final double TOO_LONG = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Silence.class);

  private final String of;
  private final Question question;
  private volatile @Nullable Long since;

  /** Returns when it is answered. */
  @FunctionalInterface
  public interface Question {
    /**
     * May take its time.
     *
     * @throws Exception when there is no answer
     */
    void ask() throws Exception;
  }

  /**
   * @param of what is asked
   */
  public Silence(String of, Question question) {
    this.of = of;
    this.question = question;
  }

  /** A question is asked every few seconds, so it is red within some ten of the last answer. */
  Check check() {
    return new Check(of, null, this::seconds, "s", LONG, TOO_LONG, of + "-does-not-answer");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("orderflow.silence", this::seconds)
        .baseUnit("seconds")
        .description("For how long a question has been without an answer")
        .tag("of", of)
        .register(registry);
  }

  private double seconds() {
    var begin = since;
    return begin == null ? 0 : (System.nanoTime() - begin) / 1e9;
  }

  void ask() {
    if (since == null) {
      since = System.nanoTime();
    }
    try {
      question.ask();
      since = null;
    } catch (Exception e) {
      LOG.debug("{} does not answer", of, e);
    }
  }
}
