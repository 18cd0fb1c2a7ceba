/** Black-box tests of the whole platform. */
@NullMarked
package dev.orderflow.e2e;

import org.jspecify.annotations.NullMarked;
