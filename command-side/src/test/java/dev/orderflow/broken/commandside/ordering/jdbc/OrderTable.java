package dev.orderflow.broken.commandside.ordering.jdbc;

import dev.orderflow.broken.commandside.catalog.rest.SqlController;

/** A table that knows REST. */
public record OrderTable(SqlController controller) {}
