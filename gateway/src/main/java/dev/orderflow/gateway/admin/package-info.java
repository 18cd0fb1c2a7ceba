/** What staff are shown of the whole platform, put together from what each service tells. */
@NullMarked
package dev.orderflow.gateway.admin;

import org.jspecify.annotations.NullMarked;
