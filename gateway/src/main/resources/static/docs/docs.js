SwaggerUIBundle({
  url: "/v3/api-docs",
  dom_id: "#description",
  deepLinking: true,
  // Would send the description to a server of Swagger's.
  validatorUrl: null,
});
