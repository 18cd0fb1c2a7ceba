/** Lists page by page, behind opaque tokens. */
@NullMarked
package dev.orderflow.platform.paging;

import org.jspecify.annotations.NullMarked;
