package io.flowapi.providers.bluesky;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a failed call means for a target, in the words of the API. */
final class Failures {

    private static final String WAIT = "Nothing: it is tried again.";

    private Failures() {}

    static TargetError notSent(XrpcAnswer.NotSent answer) {
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
    static TargetError unusable(XrpcAnswer.Unclear answer) {
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
    static TargetError unknown(XrpcAnswer.Unclear answer) {
        return new TargetError(
                answer.status() == null ? ErrorCategory.UNKNOWN : ErrorCategory.PROVIDER_ERROR,
                answer.status() == null ? "no_answer" : "unclear_answer",
                "The post was sent, and whether the server took it is not known: " + answer.detail(),
                "Nothing: it is being resolved.",
                true,
                answer.status(),
                answer.body());
    }

    static TargetError notAnAnswer(XrpcAnswer.Done answer) {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "unclear_answer",
                "The server agreed, but not in the form of its protocol.",
                "Nothing: it is being resolved.",
                true,
                200,
                new Redaction(List.of()).of(answer.body().toString()));
    }

    /** Its body would be a secret if it were one. */
    static TargetError notASession() {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "The server answered a login without tokens.",
                WAIT,
                true,
                200,
                null);
    }

    static TargetError rateLimited(XrpcAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.RATE_LIMITED,
                "rate_limited",
                "The server asked to wait.",
                "Nothing: it is sent again when the server allows it.");
    }

    /** A new session was made and refused like the one before. */
    static TargetError sessionRefused(XrpcAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.PROVIDER_ERROR,
                "session_refused",
                "The server refused a session that it had just given.",
                WAIT);
    }

    /** A call that only reads, or makes a session, was refused for a reason that is not the account's. */
    static TargetError unexpected(XrpcAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "The server refused a call it should take" + said(answer),
                WAIT);
    }

    static TargetError loginRefused(XrpcAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.AUTH_EXPIRED,
                "credentials_refused",
                "The server does not accept the app password any more.",
                "Make a new app password, give it to the channel, then try again.");
    }

    static TargetError accountGone(XrpcAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.ACCOUNT_ISSUE,
                "account_unavailable",
                "The account is deactivated, suspended or deleted (" + answer.error() + ").",
                "Restore the account on its network, then try again.");
    }

    static TargetError notOfThisAccount() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "not_of_this_account",
                "The id of the post is not one of a post of this account.",
                "Delete the post on its network by hand, then delete it here without fromProvider.",
                false,
                null,
                null);
    }

    static TargetError channelGone() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "channel_disconnected",
                "The channel has no credentials any more.",
                "Connect the account again.",
                false,
                null,
                null);
    }

    static TargetError postRefused(XrpcAnswer.Refused answer) {
        return switch (answer.error()) {
            case "InvalidSwap" -> otherRecord(answer.status(), answer.body());
            case "InvalidRequest", "InvalidRecord" ->
                refusal(
                        answer,
                        ErrorCategory.USER_CONTENT,
                        "invalid_record",
                        "The server refused the post" + said(answer),
                        "Change the content, then create the post again.");
            default ->
                refusal(
                        answer,
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "The server refused the post" + said(answer),
                        "Act on what the server says, then create the post again.");
        };
    }

    static TargetError otherRecord(int status, @Nullable String body) {
        return new TargetError(
                ErrorCategory.PROVIDER_REJECTED,
                "record_exists_with_other_content",
                "Another record stands under the key of this post; it was not overwritten.",
                "Look at the account. If the post is not there, create it again.",
                false,
                status,
                body);
    }

    /** A server answers so for accounts that are deactivated or deleted too: the post may be there, unseen. */
    static TargetError unreadable(XrpcAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.ACCOUNT_ISSUE,
                "record_not_readable",
                "The server does not let the account be read" + said(answer),
                "Restore the account on its network; until then it is asked again.");
    }

    /** What went wrong with looking for a post says nothing of the post. What a person must do is still to be done. */
    static TargetError unresolved(TargetError looking) {
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

    private static String said(XrpcAnswer.Refused answer) {
        return answer.message().isEmpty() ? " (" + answer.error() + ")." : ": " + answer.message();
    }

    private static TargetError refusal(
            XrpcAnswer.Refused answer, ErrorCategory category, String code, String message, String remediation) {
        boolean retryable = category == ErrorCategory.RATE_LIMITED || category == ErrorCategory.PROVIDER_ERROR;
        return new TargetError(category, code, message, remediation, retryable, answer.status(), answer.body());
    }
}
