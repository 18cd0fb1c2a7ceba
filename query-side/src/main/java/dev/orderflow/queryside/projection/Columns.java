package dev.orderflow.queryside.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Rows as the arrays that PostgreSQL's {@code unnest} makes rows of again: so a statement writes
 * any number of rows, and is planned once.
 *
 * @param <R> a row
 */
public final class Columns<R> {
  private final Collection<R> rows;
  private final List<Object> arrays = new ArrayList<>();

  private Columns(Collection<R> rows) {
    this.rows = rows;
  }

  /** Of these rows, without a column yet. */
  public static <R> Columns<R> of(Collection<R> rows) {
    return new Columns<>(rows);
  }

  /** With one column more, of this type of the database. */
  public Columns<R> with(String type, Function<R, @Nullable Object> value) {
    arrays.add(new SqlArrayValue(type, rows.stream().map(value).toArray()));
    return this;
  }

  /** The parameters of a statement. */
  public List<Object> arrays() {
    return arrays;
  }
}
