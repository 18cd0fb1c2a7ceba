package dev.orderflow.broken.commandside.catalog.model;

import org.springframework.stereotype.Component;

/** A model that knows Spring. */
@Component
public class SpringProduct {}
