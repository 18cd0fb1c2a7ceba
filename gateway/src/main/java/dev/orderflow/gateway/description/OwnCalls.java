package dev.orderflow.gateway.description;

import tools.jackson.databind.node.ObjectNode;

/**
 * Calls that the gateway answers itself, and that belong to the platform's description.
 *
 * @param description paths and components of OpenAPI; not to be changed
 */
public record OwnCalls(ObjectNode description) {}
