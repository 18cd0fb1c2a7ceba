/** Holds the manifests for Kubernetes against the rules of the platform. */
@NullMarked
package dev.orderflow.deploy;

import org.jspecify.annotations.NullMarked;
