/** What tests of several packages share. */
package dev.orderflow.commandside.testing;
