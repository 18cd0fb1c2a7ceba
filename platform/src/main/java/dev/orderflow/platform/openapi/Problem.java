package dev.orderflow.platform.openapi;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of every error, as {@code Problems} makes it: RFC 9457 with members of ours. */
record Problem(
    @Meaning("Names the kind of problem, as the code does.") URI type,
    @Meaning("The kind of problem in words.") String title,
    @Meaning(value = "The HTTP status.", min = 100) int status,
    @Meaning("What is wrong and what to do, for a person.") String detail,
    @Meaning(value = "The path of the request.", format = "uri-reference") URI instance,
    ErrorCode code,
    @Meaning("The fields that break a rule; only when some do.")
        @Nullable List<FieldViolation> violations,
    @Meaning("The prices that changed; only with PRICE_CHANGED.")
        @Nullable List<Rejection.PriceChanged.Change> changes,
    @Meaning("The products that are short; only with INSUFFICIENT_STOCK.")
        @Nullable List<Rejection.InsufficientStock.Shortage> shortages) {}
