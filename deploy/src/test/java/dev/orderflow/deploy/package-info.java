/**
 * Holds the manifests for Kubernetes against the rules of the platform, and the documents against
 * the code.
 */
@NullMarked
package dev.orderflow.deploy;

import org.jspecify.annotations.NullMarked;
