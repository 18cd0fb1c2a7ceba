package dev.orderflow.queryside.projection;

/** Names the tables of one generation of a projection. */
@FunctionalInterface
public interface Tables {
  /** Those of the generation that serves have their plain names. */
  Tables SERVING = table -> table;

  /**
   * The name of a table in this generation.
   *
   * @param table its plain name
   */
  String named(String table);
}
