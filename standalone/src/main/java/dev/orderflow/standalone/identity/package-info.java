/** Keys, secrets and clients that are generated once for every data directory. */
@NullMarked
package dev.orderflow.standalone.identity;

import org.jspecify.annotations.NullMarked;
