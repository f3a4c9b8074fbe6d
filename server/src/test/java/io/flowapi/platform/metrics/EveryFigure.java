package io.flowapi.platform.metrics;

import io.flowapi.testing.Flow;
import io.flowapi.testing.Scrape;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The figures of a server on which everything that is measured has happened once. */
final class EveryFigure implements BeforeAllCallback {

    private Scrape scrape;

    Scrape scrape() {
        return scrape;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Flow flow = new Flow();
        flow.start();
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            TestCaller alice = flow.caller();
            String events = "{\"url\":\"" + receiver.url("/hooks") + "\",\"events\":[\"*\"]}";
            alice.post("/v1/webhooks", events).created();
            alice.publishNow(alice.channel(), "measured");
            flow.runDueJobs();
            flow.deliverDue();
            long at = flow.clock().instant().minus(Duration.ofHours(1)).toEpochMilli();
            Files.writeString(flow.directory().resolve("last-backup"), "{\"at\":" + at + ",\"path\":\"/backups/one\"}");
            scrape = flow.scrape();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            flow.stop();
        }
    }
}
