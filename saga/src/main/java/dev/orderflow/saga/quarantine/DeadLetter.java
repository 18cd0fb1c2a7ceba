package dev.orderflow.saga.quarantine;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.saga.Worker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that cannot proceed.
 *
 * @param id grows in the order in which letters were kept
 * @param source who could not proceed
 * @param orderId whose order it is about; null when that cannot be told, and then nothing follows
 *     it
 * @param cause in words; holds nothing of the content
 * @param attempts how often it was tried; 0 when it only follows another letter
 * @param since when it was kept
 */
public record DeadLetter(
    long id,
    Worker source,
    @Nullable OrderId orderId,
    Content content,
    String cause,
    int attempts,
    Instant since) {}
