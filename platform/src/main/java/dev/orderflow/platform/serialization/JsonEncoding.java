package dev.orderflow.platform.serialization;

import com.google.common.base.Utf8;

/**
 * JSON is in UTF-8 (RFC 8259, section 8.1). Jackson guesses other encodings, and takes what is
 * none: overlong forms and halves of characters.
 */
public final class JsonEncoding {
  private JsonEncoding() {}

  /** Whether they are UTF-8, and no reader takes them for anything else. */
  public static boolean isUtf8(byte[] json) {
    // By these zeros, which are no JSON anyway, Jackson recognises UTF-16 and UTF-32.
    var isWider = json.length > 1 && (json[0] == 0 || json[1] == 0);
    return !isWider && Utf8.isWellFormed(json);
  }
}
