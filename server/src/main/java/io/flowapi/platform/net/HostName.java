package io.flowapi.platform.net;

import java.util.List;
import java.util.regex.Pattern;

/** Which names may be asked for; names that only mean something inside a machine or a network are refused. */
final class HostName {
    private static final int LENGTH_MAX = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final List<String> INSIDE_SUFFIXES =
            List.of(".localhost", ".localdomain", ".local", ".internal", ".home.arpa", ".svc");

    private HostName() {}

    static boolean isWellFormed(String lowerCase) {
        return lowerCase.length() <= LENGTH_MAX && NAME.matcher(lowerCase).matches();
    }

    static boolean isPublic(String lowerCase) {
        return lowerCase.contains(".") && INSIDE_SUFFIXES.stream().noneMatch(lowerCase::endsWith);
    }

    /** Programs that accept 127.1 or 0x7f000001 decide by the last label; no public name ends in one like this. */
    static boolean isNumberLike(String lowerCase) {
        String lastLabel = lowerCase.substring(lowerCase.lastIndexOf('.') + 1);
        return lastLabel.isEmpty() || Character.isDigit(lastLabel.charAt(0));
    }
}
