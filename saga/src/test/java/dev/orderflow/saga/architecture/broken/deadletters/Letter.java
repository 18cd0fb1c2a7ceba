package dev.orderflow.saga.architecture.broken.deadletters;

import dev.orderflow.saga.architecture.broken.tasks.Task;

/** Breaks a rule: a cycle of packages. */
public record Letter(Task task) {}
