package dev.orderflow.platform.serialization;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON is in UTF-8 (RFC 8259, section 8.1). Jackson guesses other encodings, and takes what is
 * none: overlong forms and halves of characters.
 */
public final class JsonEncoding {
  private JsonEncoding() {}

  /** Whether they are UTF-8, and no reader takes them for anything else. */
  public static boolean isUtf8(byte[] json) {
    // By these zeros, which are no JSON anyway, Jackson recognises UTF-16 and UTF-32.
    if (json.length > 1 && (json[0] == 0 || json[1] == 0)) {
      return false;
    }
    if (isAscii(json)) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  /** Most of what there is to read; looks at all bytes, so that a processor takes many at once. */
  private static boolean isAscii(byte[] json) {
    var all = 0;
    for (var one : json) {
      all |= one;
    }
    return all >= 0;
  }
}
