package dev.orderflow.standalone.infrastructure;

/** The servers that the services stand on. */
public record Infrastructure(
    Postgres postgres, PostgresDatabases databases, Redis redis, Kafka kafka) {}
