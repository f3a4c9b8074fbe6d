/**
 * The one way to the database: opens SQLite or PostgreSQL, brings the schema up to date, runs transactions handed to it
 * as closures and says in {@link io.flowapi.platform.db.DatabaseFailure} why one could not be run. It owns connections,
 * threads, time limits and what differs between the two engines; it must not know any table, feature or HTTP.
 */
@NullMarked
package io.flowapi.platform.db;

import org.jspecify.annotations.NullMarked;
