package io.flowapi.connections;

import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.TagFreeText;

/** What an owner is shown before anything is asked of their network. It needs no script. */
final class ConfirmationPage {

    private ConfirmationPage() {}

    static String of(Connection connection, String user, String link, String confirmation) {
        String what = connection.channelId() == null ? "as the new channel" : "again, as the channel";
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Connect an account on %1$s - Flow API</title>
                <link rel="stylesheet" href="/docs/page.css">
                </head>
                <body>
                <main>
                <h1>Connect an account on %1$s</h1>
                <p>Posts of the Flow user <strong>%2$s</strong> are to go out on an account of yours on %1$s,
                %3$s <strong>%4$s</strong>.</p>
                <p>Go on only if you know this user and asked for this. %5$s</p>
                <form method="post" action="connect">
                <input type="hidden" name="request" value="%6$s">
                <input type="hidden" name="confirmation" value="%7$s">
                <p><button name="decision" value="connect">Connect</button>
                <button name="decision" value="cancel">Cancel</button></p>
                </form>
                <p>Afterwards you are sent to <code>%8$s</code>.</p>
                </main>
                </body>
                </html>
                """.formatted(
                        connection.network(),
                        text(user),
                        what,
                        text(TagFreeText.ofName(connection.name()).text()),
                        next(connection),
                        link,
                        confirmation,
                        text(ReturnUrl.origin(connection.returnUrl())));
    }

    private static String next(Connection connection) {
        return connection.provider() == Provider.SANDBOX
                ? "The sandbox is no real network: nothing leaves this server."
                : connection.network() + " asks you next, and says what you allow.";
    }

    private static String text(String written) {
        return written.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
