package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetOptions;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.RealPds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test a channel of its own on the real server, through a proxy that fails as told. */
final class BlueskyChannel implements BeforeEachCallback, AfterEachCallback {

    RealPds pds;
    BlueskyWorld world;
    CuttingProxy proxy;
    RealPds.Account account;
    String password;
    UUID channel;

    private Path directory;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        RealPds.skipWithout();
        pds = RealPds.shared();
        directory = Files.createTempDirectory("bluesky");
        world = new BlueskyWorld(directory);
        proxy = CuttingProxy.before(pds.url());
        account = pds.createAccount(RealPds.freshHandle());
        password = pds.createAppPassword(account, "flow");
        channel = world.channel(proxy.url(), account, password);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (world == null) {
            return;
        }
        proxy.close();
        world.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    Sending sending(String text) {
        return world.sending(channel, text);
    }

    Sending sending(String text, TargetOptions options) {
        return world.sending(channel, text, options);
    }

    PublishOutcome publish(Sending sending) {
        return world.publisher.publish(sending);
    }

    Resolution resolve(Sending sending) {
        return world.publisher.resolve(sending);
    }

    /** What the network shows. */
    List<String> texts() {
        return pds.listPosts(account.did()).stream().map(RealPds.Post::text).toList();
    }
}
