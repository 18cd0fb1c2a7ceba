package dev.orderflow.broken.queryside.catalog.model;

import org.springframework.util.StopWatch;

/** A model that knows a framework. */
public class SpringModel {
  StopWatch watch;
}
