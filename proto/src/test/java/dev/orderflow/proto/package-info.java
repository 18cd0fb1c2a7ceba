@NullMarked
package dev.orderflow.proto;

import org.jspecify.annotations.NullMarked;
