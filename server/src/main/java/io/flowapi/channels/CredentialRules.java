package io.flowapi.channels;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each network wants of credentials, which the document's schema cannot say. All that is broken is found. */
final class CredentialRules {

    private CredentialRules() {}

    /**
     * A member of the credentials, and whose it is.
     *
     * @param needed by these networks
     * @param taken by these too
     */
    private record Member(
            String name,
            Function<ChannelCredentials, @Nullable Object> value,
            Set<Provider> needed,
            Set<Provider> taken) {}

    private static final List<Member> MEMBERS = List.of(
            new Member("service", ChannelCredentials::service, Set.of(Provider.BLUESKY), Set.of()),
            new Member("identifier", ChannelCredentials::identifier, Set.of(Provider.BLUESKY), Set.of()),
            new Member("appPassword", ChannelCredentials::appPassword, Set.of(Provider.BLUESKY), Set.of()),
            new Member("instanceUrl", ChannelCredentials::instanceUrl, Set.of(Provider.MASTODON), Set.of()),
            new Member(
                    "accessToken",
                    ChannelCredentials::accessToken,
                    Set.of(Provider.MASTODON, Provider.X, Provider.LINKEDIN),
                    Set.of()),
            new Member("refreshToken", ChannelCredentials::refreshToken, Set.of(), Set.of(Provider.X)),
            new Member("expiresAt", ChannelCredentials::expiresAt, Set.of(), Set.of(Provider.X, Provider.LINKEDIN)),
            new Member("author", ChannelCredentials::author, Set.of(), Set.of(Provider.LINKEDIN)));

    static List<FieldError> broken(Caller caller, Provider provider, @Nullable ChannelCredentials credentials) {
        boolean sandbox = provider == Provider.SANDBOX;
        List<FieldError> errors = new ArrayList<>();
        if (!sandbox && caller.mode() == Mode.TEST) {
            errors.add(Fields.body("/provider", "live_only", "A test key reaches sandbox channels only."));
        }
        if (sandbox && credentials != null) {
            errors.add(Fields.body("/credentials", "excluded", "A sandbox channel takes no credentials."));
        }
        if (!sandbox && credentials == null) {
            errors.add(Fields.body("/credentials", "required", "This network needs credentials."));
        }
        if (!sandbox && credentials != null) {
            members(provider, credentials, errors);
        }
        return errors;
    }

    private static void members(Provider provider, ChannelCredentials given, List<FieldError> errors) {
        for (Member member : MEMBERS) {
            Object value = member.value().apply(given);
            boolean needed = member.needed().contains(provider);
            boolean taken = needed || member.taken().contains(provider);
            String pointer = "/credentials/" + member.name();
            if (needed && value == null) {
                errors.add(Fields.body(pointer, "required", provider.value() + " needs " + member.name() + "."));
            }
            if (!taken && value != null) {
                errors.add(Fields.body(pointer, "excluded", provider.value() + " takes no " + member.name() + "."));
            }
        }
    }
}
