/** Code that breaks every rule of the architecture, to show that the rules notice. */
package dev.orderflow.broken;
