package io.flowapi.providers;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;

/** What a failed call means for a target, on any network, in the words of the API. */
public final class NetworkFailures {

    public static final String WAIT = "Nothing: it is tried again.";

    private NetworkFailures() {}

    public static TargetError notSent(NetworkAnswer.NotSent answer) {
        return answer.denied()
                ? new TargetError(
                        ErrorCategory.SYSTEM_ERROR,
                        "url_not_allowed",
                        "The address of the channel's server may not be called: " + answer.detail(),
                        "Allow the address, or connect the channel at another server.",
                        true,
                        null,
                        null)
                : new TargetError(
                        ErrorCategory.PROVIDER_ERROR,
                        "provider_unreachable",
                        "The server was not reached: " + answer.detail(),
                        WAIT,
                        true,
                        null,
                        null);
    }

    /** For a call that publishes nothing. */
    public static TargetError unusable(NetworkAnswer.Unclear answer) {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "The server did not answer as it should: " + answer.detail(),
                WAIT,
                true,
                answer.status(),
                answer.body());
    }

    /** For the call that publishes. */
    public static TargetError unknown(NetworkAnswer.Unclear answer) {
        return new TargetError(
                answer.status() == null ? ErrorCategory.UNKNOWN : ErrorCategory.PROVIDER_ERROR,
                answer.status() == null ? "no_answer" : "unclear_answer",
                "The post was sent, and whether the server took it is not known: " + answer.detail(),
                "Nothing: it is being resolved.",
                true,
                answer.status(),
                answer.body());
    }

    public static TargetError notAnAnswer(NetworkAnswer.Done answer) {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "unclear_answer",
                "The server agreed, but not in the form of its protocol.",
                "Nothing: it is being resolved.",
                true,
                answer.answer().status(),
                answer.response().body());
    }

    public static TargetError rateLimited(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.RATE_LIMITED,
                "rate_limited",
                "The server asked to wait.",
                "Nothing: it is sent again when the server allows it.");
    }

    /** A call that only reads, or makes a session, was refused for a reason that is not the account's. */
    public static TargetError unexpected(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "The server refused a call it should take" + said(answer),
                WAIT);
    }

    public static TargetError notOfThisAccount() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "not_of_this_account",
                "The id of the post is not one of a post of this account.",
                "Delete the post on its network by hand, then delete it here without fromProvider.",
                false,
                null,
                null);
    }

    public static TargetError channelGone() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "channel_disconnected",
                "The channel has no credentials any more.",
                "Connect the account again.",
                false,
                null,
                null);
    }

    /** What went wrong with looking for a post says nothing of the post. What a person must do is still to be done. */
    public static TargetError unresolved(TargetError looking) {
        boolean passes =
                looking.category() == ErrorCategory.PROVIDER_ERROR || looking.category() == ErrorCategory.RATE_LIMITED;
        return new TargetError(
                looking.category(),
                looking.code(),
                "The post was sent, and whether the server took it is not known. Looking for it: " + looking.message(),
                passes ? "Nothing: it is being resolved." : looking.remediation(),
                true,
                looking.providerStatus(),
                looking.providerBody());
    }

    public static String said(NetworkAnswer.Refused answer) {
        return answer.message().isEmpty() ? " (" + answer.error() + ")." : ": " + answer.message();
    }

    public static TargetError refusal(
            NetworkAnswer.Refused answer, ErrorCategory category, String code, String message, String remediation) {
        boolean retryable = category == ErrorCategory.RATE_LIMITED || category == ErrorCategory.PROVIDER_ERROR;
        return new TargetError(category, code, message, remediation, retryable, answer.status(), answer.body());
    }
}
