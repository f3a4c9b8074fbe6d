/** Programs that use the client as an application would, against the real server. */
@org.jspecify.annotations.NullMarked
package io.flowapi.examples;
