/**
 * What the server and the console share: the configuration, the data directory, the database, and the first user. It
 * knows no HTTP.
 */
@NullMarked
package io.flowapi.installation;

import org.jspecify.annotations.NullMarked;
