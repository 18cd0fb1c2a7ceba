package dev.orderflow.broken.queryside.catalog.rest;

import dev.orderflow.broken.queryside.catalog.jdbc.ProductTable;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/** An adapter that knows another one, talks SQL, and handles Axon's messages. */
public class TableController {
  ProductTable table;
  JdbcTemplate jdbc;
  EventMessage<?> message;
}
