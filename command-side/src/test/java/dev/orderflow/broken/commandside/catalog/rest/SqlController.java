package dev.orderflow.broken.commandside.catalog.rest;

import dev.orderflow.broken.commandside.ordering.jdbc.OrderTable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An adapter that knows SQL, another adapter and another context. */
public record SqlController(JdbcClient jdbc, OrderTable table) {}
