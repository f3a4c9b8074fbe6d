package io.flowapi.platform.files;

import java.nio.file.Path;

/** Another server runs on this data directory. */
public final class DirectoryInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DirectoryInUseException(Path directory, String pid) {
        super("The data directory " + directory + " is used by the server with process id " + pid
                + ". Stop it, or give this one another FLOW_DATA_DIR.");
    }
}
