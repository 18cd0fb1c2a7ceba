/** Lists page by page, behind opaque tokens. */
@NullMarked
package dev.orderflow.queryside.paging;

import org.jspecify.annotations.NullMarked;
