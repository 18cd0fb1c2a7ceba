package dev.orderflow.commandside.eventstore;

/** Marks a bean whose annotated methods handle commands that span several aggregates. */
public interface CommandHandlers {}
