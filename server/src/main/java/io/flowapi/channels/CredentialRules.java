package io.flowapi.channels;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each network wants of credentials, which the document's schema cannot say. All that is broken is found. */
final class CredentialRules {

    private CredentialRules() {}

    /** A member of the credentials, and whose it is. */
    private record Member(String name, @Nullable String value, Provider network) {}

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
        List<Member> members = List.of(
                new Member("service", given.service(), Provider.BLUESKY),
                new Member("identifier", given.identifier(), Provider.BLUESKY),
                new Member("appPassword", given.appPassword(), Provider.BLUESKY),
                new Member("instanceUrl", given.instanceUrl(), Provider.MASTODON),
                new Member("accessToken", given.accessToken(), Provider.MASTODON));
        for (Member member : members) {
            boolean wanted = member.network() == provider;
            String pointer = "/credentials/" + member.name();
            if (wanted && member.value() == null) {
                errors.add(Fields.body(pointer, "required", provider.value() + " needs " + member.name() + "."));
            }
            if (!wanted && member.value() != null) {
                errors.add(Fields.body(pointer, "excluded", provider.value() + " takes no " + member.name() + "."));
            }
        }
    }
}
