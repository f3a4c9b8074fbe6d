package io.flowapi.reference;

/** Text for an HTML page. */
final class Html {

    private Html() {}

    /** Escaped; what stands between backticks becomes code. */
    static String text(String written) {
        return written.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("`([^`]+)`", "<code>$1</code>");
    }
}
