package dev.orderflow.platform.paging;

import dev.orderflow.api.InvalidValueException;

/**
 * Asks for one page, after Google's AIP-158.
 *
 * @param size the most items to answer with
 * @param token where to continue; empty for the first page
 * @param selection what the list is narrowed to, the same text for the same selection; empty for
 *     the whole list. A token leads on in the selection that it comes from, and in no other
 */
public record PageRequest(int size, String token, String selection) {
  private static final int DEFAULT_SIZE = 20;
  private static final int MAX_SIZE = 100;

  /**
   * @param size 0 means {@value #DEFAULT_SIZE}; above {@value #MAX_SIZE} means {@value #MAX_SIZE}
   * @throws InvalidValueException when the size is negative
   */
  public PageRequest {
    if (size < 0) {
      throw new InvalidValueException("pageSize", "must be between 1 and " + MAX_SIZE);
    }
    size = size == 0 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
  }

  /** Asks for one page of the whole list; throws as the other one does. */
  public PageRequest(int size, String token) {
    this(size, token, "");
  }

  /** Asks for the largest pages that there are, from the first one on. */
  public static PageRequest largest(String selection) {
    return new PageRequest(MAX_SIZE, "", selection);
  }

  /** Asks for the page that a token leads to. */
  public PageRequest at(String nextToken) {
    return new PageRequest(size, nextToken, selection);
  }
}
