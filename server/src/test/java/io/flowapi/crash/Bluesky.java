package io.flowapi.crash;

import io.flowapi.testing.RealPds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Accounts on a real Bluesky server. */
record Bluesky(RealPds pds, List<RealPds.Account> accounts, List<String> channels) implements Network {

    /** It takes 3000 calls in five minutes from one address. */
    private static final Duration PACE = Duration.ofMillis(150);

    /** @param service where the server is told that it is, such as a proxy */
    static Bluesky connect(Api api, RealPds pds, URI service, int accounts) {
        List<RealPds.Account> made = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            RealPds.Account account = pds.createAccount(RealPds.freshHandle());
            made.add(account);
            channels.add(api.connectBluesky(service, account.handle(), pds.createAppPassword(account, "flow")));
        }
        return new Bluesky(pds, made, channels);
    }

    @Override
    public String content(String name, int number) {
        return name;
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public List<String> timeline(Api api) {
        return accounts.stream()
                .flatMap(account -> pds.listPosts(account.did()).stream())
                .map(RealPds.Post::text)
                .toList();
    }
}
