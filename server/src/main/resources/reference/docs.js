'use strict';

SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  // Else the document's address is given to somebody else's validator.
  validatorUrl: null,
  // The document names the server's public URL. Under another name of the same server, such as 127.0.0.1 for localhost,
  // the browser would refuse the call.
  requestInterceptor: (request) => {
    const url = new URL(request.url, location.href);
    request.url = location.origin + url.pathname + url.search;
    return request;
  },
});
