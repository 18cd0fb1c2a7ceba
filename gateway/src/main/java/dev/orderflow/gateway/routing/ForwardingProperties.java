package dev.orderflow.gateway.routing;

import dev.orderflow.platform.bounds.Bound;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How requests are passed on.
 *
 * @param resolveEvery how often the names of instances are looked up
 * @param responseTimeout how long an instance may take to answer; a stream, to begin. After that
 *     the caller gets 503
 * @param streamSilence how long one may say nothing on a stream that has begun; longer than the
 *     heartbeat of its streams. After that the stream is broken off
 * @param importTimeout how long it may take to answer an import, which is many writes in one
 * @param maxRequestSize the largest body of a request
 * @param maxBuffered most bytes of bodies and answers that are held at a time
 * @param maxBufferedPerCaller most of them that one caller's requests hold
 * @param maxStreams most streams that are passed on at a time
 * @param maxStreamsPerCaller most of them that one caller has
 */
@Validated
@ConfigurationProperties("orderflow.gateway")
public record ForwardingProperties(
    @DefaultValue("2s") @DurationMin(millis = 1) Duration resolveEvery,
    @DefaultValue("10s") Duration responseTimeout,
    @DefaultValue("1m") @DurationMin(millis = 1) Duration streamSilence,
    @DefaultValue("2m") Duration importTimeout,
    @DefaultValue("1MB") DataSize maxRequestSize,
    @DefaultValue("24MB") DataSize maxBuffered,
    @DefaultValue("6MB") DataSize maxBufferedPerCaller,
    @DefaultValue("300") @Min(0) int maxStreams,
    @DefaultValue("50") @Min(0) int maxStreamsPerCaller) {
  /** Where the bodies of requests and answers have their room. */
  Bound buffers() {
    return new Bound("bytes", maxBuffered.toBytes(), maxBufferedPerCaller.toBytes());
  }

  /** Where streams have their places. */
  Bound streams() {
    return new Bound("streams", maxStreams, maxStreamsPerCaller);
  }
}
