package dev.orderflow.platform.openapi;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of every error, as {@code Problems} makes it: RFC 9457 with members of ours.
 *
 * @param violations with the codes that say that the request is not valid
 * @param changes with {@code PRICE_CHANGED}
 * @param shortages with {@code INSUFFICIENT_STOCK}
 */
record Problem(
    URI type,
    String title,
    int status,
    String detail,
    URI instance,
    ErrorCode code,
    @Nullable List<FieldViolation> violations,
    @Nullable List<Rejection.PriceChanged.Change> changes,
    @Nullable List<Rejection.InsufficientStock.Shortage> shortages) {}
