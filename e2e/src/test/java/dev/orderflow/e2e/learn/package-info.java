/** What a learner does, as the pages of the lessons say it. */
@NullMarked
package dev.orderflow.e2e.learn;

import org.jspecify.annotations.NullMarked;
