package dev.orderflow.broken.commandside.catalog.application;

import dev.orderflow.broken.commandside.catalog.rest.SqlController;

/** An application layer that knows an adapter. */
public record RestfulService(SqlController controller) {}
