package dev.orderflow.platform.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * Selects letters; what is null does not narrow it.
 *
 * @param cause a part of their causes
 * @param state null for those that are not at their end
 */
record LetterSelection(
    @Nullable Long id,
    @Nullable String source,
    @Nullable String cause,
    @Nullable String orderId,
    DeadLetter.@Nullable State state) {
  static LetterSelection of(DeadLetter letter) {
    return new LetterSelection(letter.id(), null, null, null, null);
  }
}
