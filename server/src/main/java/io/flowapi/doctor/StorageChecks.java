package io.flowapi.doctor;

import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data directory: whose it is, whether it takes a file, and for how long it will. */
record StorageChecks(Path directory) {

    /** Where the alert FlowDiskFull begins. */
    private static final long FREE_BYTES_MIN = 512L << 20;

    List<Finding> findings() {
        Path shown = directory.toAbsolutePath().normalize();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return List.of(Finding.failed("data directory", shown + " is not a directory"));
        }
        if (!Files.exists(directory)) {
            return List.of(Finding.failed("data directory", shown + " does not exist: the first start makes it"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(permissions(shown));
            findings.add(freeSpace(shown));
            findings.add(storage());
        } catch (IOException unusable) {
            findings.add(Finding.failed("data directory", shown + ": " + unusable));
        }
        return findings;
    }

    private Finding permissions(Path shown) throws IOException {
        if (OwnerOnly.openToOthers(directory)) {
            return Finding.failed("data directory", "other users can enter " + shown + "; chmod 700 keeps them out");
        }
        Path key = directory.resolve(DataDirectory.KEY_FILE);
        if (Files.exists(key) && OwnerOnly.openToAnybodyElse(key)) {
            return Finding.failed("data directory", "others can read " + key + "; chmod 600 keeps them out");
        }
        return Finding.ok("data directory", shown + " is closed to other users");
    }

    private Finding freeSpace(Path shown) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        return Finding.of("disk space", free >= FREE_BYTES_MIN, (free >> 20) + " MiB are free for " + shown);
    }

    private Finding storage() throws IOException {
        Path probe = Files.createTempFile(directory, "doctor", ".probe");
        try {
            OwnerOnly.sync(Files.writeString(probe, "probe"));
            boolean same = Files.readString(probe).equals("probe");
            return Finding.of("storage", same, "a file was written, read and removed");
        } finally {
            Files.delete(probe);
        }
    }
}
