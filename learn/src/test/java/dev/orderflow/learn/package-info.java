/**
 * The exercises of the lessons in docs/learn: {@code Lesson03} has the tests, {@code
 * Lesson03Exercise} is what a learner completes, {@code Lesson03Test} is a solution.
 */
@NullMarked
package dev.orderflow.learn;

import org.jspecify.annotations.NullMarked;
