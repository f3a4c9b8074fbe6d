package io.flowapi;

import io.flowapi.installation.FirstUser;

/** What a developer reads at the first start. */
final class Welcome {

    private Welcome() {}

    static String text(String url, FirstUser first) {
        return """

                This is the first start, so here are a user, two API keys and a channel. The keys are shown this once.

                  user             %s
                  test key         %s
                  live key         %s
                  sandbox channel  %s (test mode: nothing leaves this machine)

                Paste this to publish a first post and see what became of it:

                %s
                """.formatted(
                        first.user().name(),
                        first.testKey(),
                        first.liveKey(),
                        first.sandbox().id(),
                        curl(url, first));
    }

    private static String curl(String url, FirstUser first) {
        String key = "-H 'Authorization: Bearer " + first.testKey() + "'";
        return "curl -sS -X POST " + url + "/v1/posts " + key + " -H 'Content-Type: application/json' -d '"
                + "{\"content\":\"Hello from Flow\",\"targets\":[{\"channelId\":\""
                + first.sandbox().id() + "\"}],\"publishNow\":true}'; sleep 1; echo; curl -sS '" + url
                + "/v1/posts?limit=1' " + key + "; echo";
    }
}
