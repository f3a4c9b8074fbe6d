package io.flowapi.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup says of itself, in its {@code backup.json}.
 *
 * @param at the database is of this moment or a little later
 * @param version of the program that made it
 * @param sha256 of the database's file
 * @param encryptionKeyIds the names of the keys without which its secrets stay sealed; the keys are not in it
 * @param rows how many each table has
 */
public record Manifest(
        Instant at,
        String version,
        int schemaVersion,
        long bytes,
        String sha256,
        List<String> encryptionKeyIds,
        Map<String, Long> rows) {}
