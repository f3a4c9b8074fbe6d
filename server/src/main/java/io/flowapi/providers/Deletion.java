package io.flowapi.providers;

import io.flowapi.api.model.TargetError;

/** Whether a network removed a post. */
public sealed interface Deletion {

    /** It is not there: because of us, or because it was removed before. */
    record Gone() implements Deletion {}

    /** It may still be there; asking again is safe. */
    record Failed(TargetError error) implements Deletion {}
}
