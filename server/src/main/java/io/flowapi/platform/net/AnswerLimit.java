package io.flowapi.platform.net;

/**
 * How much of an answer's body is read.
 *
 * @param cut whether the rest is left unread; else a longer answer is none
 */
record AnswerLimit(int bytesMax, boolean cut) {

    int bytesRead() {
        return cut ? bytesMax : bytesMax + 1;
    }

    boolean passed(byte[] body) {
        return body.length > bytesMax;
    }
}
