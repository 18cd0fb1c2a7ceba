/** Asks the database for lists page by page. */
@NullMarked
package dev.orderflow.queryside.paging;

import org.jspecify.annotations.NullMarked;
