package io.flowapi.platform.jobs;

/**
 * Something to be done, as it is put into the queue; there is one job of a kind for each subject.
 *
 * @param subject what it is about, usually a row's id
 * @param lane what it shares its places with: work that waits for the same network, so that it delays no other
 */
public record Work(String kind, String subject, String lane, Priority priority) {

    /** The lane of all that waits for nobody outside. */
    public static final String MAINTENANCE = "maintenance";

    /** Work of our own, such as clearing up. */
    public static Work maintenance(String kind, String subject) {
        return new Work(kind, subject, MAINTENANCE, Priority.BACKGROUND);
    }
}
