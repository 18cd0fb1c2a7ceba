package dev.orderflow.standalone.infrastructure;

/** The servers that the services stand on. */
public record Infrastructure(Postgres postgres, Redis redis, Kafka kafka) {}
