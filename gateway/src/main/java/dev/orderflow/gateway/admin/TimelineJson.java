package dev.orderflow.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.timeline.TimelineEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of an order.
 *
 * @param status null when nobody who could be asked knows it
 * @param traceId in which the order was placed; null when it was not followed
 * @param entries the oldest first
 * @param truncated whether there are more
 * @param missing the services that did not tell their part
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TimelineJson(
    String orderId,
    @Nullable String status,
    @Nullable String traceId,
    List<TimelineEntry> entries,
    boolean truncated,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missing) {}
