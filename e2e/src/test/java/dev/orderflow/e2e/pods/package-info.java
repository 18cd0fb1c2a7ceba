/** A kubelet in small: runs the pods of Kubernetes manifests as containers, as they say. */
@NullMarked
package dev.orderflow.e2e.pods;

import org.jspecify.annotations.NullMarked;
