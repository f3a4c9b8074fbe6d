package io.flowapi.connections;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.StartChannelConnectionRequest;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.CorsOrigins;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.providers.oauth.TokenEndpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the document's schema cannot say of a connection. All that is broken is found. */
public final class ConnectionRules {

    private final ChannelStore channels;
    private final Map<Provider, TokenEndpoint> networks;
    private final CorsOrigins returns;

    /** @param returns whose pages an owner may be sent to */
    public ConnectionRules(ChannelStore channels, Map<Provider, TokenEndpoint> networks, CorsOrigins returns) {
        this.channels = channels;
        this.networks = networks;
        this.returns = returns;
    }

    List<FieldError> broken(Handle tx, Caller caller, StartChannelConnectionRequest wanted) {
        List<FieldError> errors = new ArrayList<>();
        provider(caller, wanted.provider(), errors);
        if (!ReturnUrl.isAllowed(wanted.returnUrl(), returns)) {
            errors.add(Fields.body(
                    "/returnUrl",
                    "origin_not_allowed",
                    "It must be a URL without user and fragment whose origin is one of APP_URL of the server."));
        }
        if (wanted.channelId() == null) {
            newName(wanted.name(), errors);
        } else {
            again(tx, caller, wanted, errors);
        }
        return errors;
    }

    private void provider(Caller caller, Provider provider, List<FieldError> errors) {
        TokenEndpoint network = networks.get(provider);
        if (provider != Provider.SANDBOX && network == null) {
            errors.add(Fields.body(
                    "/provider",
                    "not_connectable",
                    "Accounts of " + Connection.network(provider) + " are connected with createChannel."));
        } else if (provider != Provider.SANDBOX && caller.mode() == Mode.TEST) {
            errors.add(Fields.body("/provider", "live_only", "A test key reaches sandbox channels only."));
        } else if (network != null && !network.usable()) {
            errors.add(Fields.body(
                    "/provider",
                    "not_configured",
                    "The network does not know this server: set "
                            + network.application().setting()
                            + " and its secret on the server, or create the channel with tokens."));
        }
    }

    private static void newName(@Nullable String name, List<FieldError> errors) {
        if (name == null) {
            errors.add(Fields.body("/name", "required", "A new channel needs a name."));
        } else if (TagFreeText.ofName(name).text().isBlank()) {
            errors.add(Fields.body("/name", "required", "The name is blank."));
        }
    }

    private void again(Handle tx, Caller caller, StartChannelConnectionRequest wanted, List<FieldError> errors) {
        if (wanted.name() != null) {
            errors.add(Fields.body("/name", "excluded", "The channel keeps its name; updateChannel changes it."));
        }
        Channel channel = channels.find(tx, caller, wanted.channelId()).orElse(null);
        if (channel == null) {
            errors.add(Fields.body("/channelId", "not_found", "There is no such channel."));
        } else if (channel.provider() != wanted.provider()) {
            errors.add(Fields.body("/provider", "other_network", "The channel is one of " + channel.provider() + "."));
        }
    }

    /** Of a request that breaks no rule. */
    Connection connection(Handle tx, Caller caller, UUID id, StartChannelConnectionRequest wanted, Instant now) {
        String name = wanted.channelId() == null
                ? wanted.name()
                : channels.find(tx, caller, wanted.channelId()).orElseThrow().name();
        return new Connection(
                id,
                caller.userId(),
                caller.mode(),
                caller.apiKeyId(),
                wanted.provider(),
                name,
                wanted.channelId(),
                wanted.returnUrl(),
                now);
    }
}
