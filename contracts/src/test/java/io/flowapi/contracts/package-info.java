/** What the Java client needs of the server, written down by the one and kept by the other. */
package io.flowapi.contracts;
