/** Every request that Specmatic can make from the document, good and bad, sent to the server as it is delivered. */
package io.flowapi.resiliency;
