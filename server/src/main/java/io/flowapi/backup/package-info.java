/**
 * Backups of the embedded database, and a data directory made of one. It owns the folder that backups are kept in and what
 * a backup says of itself. It never sees the encryption key, only the names of its parts.
 */
@NullMarked
package io.flowapi.backup;

import org.jspecify.annotations.NullMarked;
