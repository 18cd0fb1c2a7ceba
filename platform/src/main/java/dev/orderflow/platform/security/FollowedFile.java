package dev.orderflow.platform.security;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;

/**
 * What a small file says, such as the keys in it, as it is now: when the file is used it is looked
 * at, once a second at most, so that keys change without a restart. A file that cannot be read, as
 * while it is replaced, changes nothing.
 *
 * @param <T> what is read from it
 */
public final class FollowedFile<T> implements Supplier<T> {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Resource file;
  private final Function<String, T> parser;
  private final Supplier<T> current;
  private @Nullable Content<T> last;

  /**
   * Reads the file, which must be there.
   *
   * @param parser reads its text; throws {@link IllegalArgumentException} when it is not as it
   *     should be
   * @throws UncheckedIOException when the file cannot be read
   */
  public FollowedFile(Resource file, Function<String, T> parser) {
    this(file, parser, LOOK_EVERY);
  }

  FollowedFile(Resource file, Function<String, T> parser, Duration lookEvery) {
    this.file = file;
    this.parser = parser;
    current = Suppliers.memoizeWithExpiration(this::look, lookEvery);
    get();
  }

  @Override
  public T get() {
    return current.get();
  }

  /** Called by one thread at a time. */
  private T look() {
    var known = last;
    try {
      var text = file.getContentAsString(StandardCharsets.UTF_8);
      if (known == null || !known.text.equals(text)) {
        last = new Content<>(text, parser.apply(text));
        if (known != null) {
          LOG.info("{} has changed, and counts as it is now", file);
        }
      }
      return Objects.requireNonNull(last).value;
    } catch (IOException e) {
      return lastGood(known, new UncheckedIOException(file + " cannot be read", e));
    } catch (IllegalArgumentException e) {
      return lastGood(known, new IllegalArgumentException(file + " is not as it should be", e));
    }
  }

  private static <T> T lastGood(@Nullable Content<T> known, RuntimeException failure) {
    if (known == null) {
      throw failure;
    }
    LOG.warn("What was read before still counts, until the file is right: {}", failure.toString());
    return known.value;
  }

  /** No record: it would print its text, which may be a key. */
  private static final class Content<T> {
    private final String text;
    private final T value;

    Content(String text, T value) {
      this.text = text;
      this.value = value;
    }
  }
}
