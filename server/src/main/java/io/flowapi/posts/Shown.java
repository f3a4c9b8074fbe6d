package io.flowapi.posts;

import io.flowapi.platform.log.Secrets;

/** What went over the wire, as its user may see it: without what looks like a secret, and not endless. */
final class Shown {

    private Shown() {}

    static String of(String text, int lengthMax) {
        String hidden = Secrets.hideButLongWords(text);
        if (hidden.length() <= lengthMax) {
            return hidden;
        }
        return hidden.substring(0, Character.isHighSurrogate(hidden.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax);
    }
}
