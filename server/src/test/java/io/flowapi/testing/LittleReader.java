package io.flowapi.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads LinkedIn's markup as LinkedIn does: what is reserved, not escaped and no element ends the text, in silence. */
public final class LittleReader {

    private static final String RESERVED = "\\|{}@[]()<>#*_~";

    private static final Pattern ELEMENT = Pattern.compile(
            "\\G(?:\\\\(?<escaped>.)"
                    + "|\\{hashtag\\|(?:\\\\)?(?<sign>[#\uFF03])\\|(?<tag>[^}]+)}"
                    + "|@\\[(?<name>(?:\\\\.|[^\\]\\\\])+)]\\(urn:li:(?:person|organization):[\\w-]+\\)"
                    + "|(?<plain>[#\uFF03][\\p{L}\\p{N}]+))",
            Pattern.DOTALL);

    private LittleReader() {}

    public static String shown(String commentary) {
        StringBuilder shown = new StringBuilder();
        Matcher element = ELEMENT.matcher(commentary);
        int at = 0;
        while (at < commentary.length()) {
            if (element.find(at) && element.start() == at) {
                shown.append(text(element));
                at = element.end();
            } else if (RESERVED.indexOf(commentary.charAt(at)) >= 0) {
                return shown.toString();
            } else {
                shown.append(commentary.charAt(at++));
            }
        }
        return shown.toString();
    }

    private static String text(Matcher element) {
        if (element.group("escaped") != null) {
            return element.group("escaped");
        }
        if (element.group("tag") != null) {
            return element.group("sign") + shown(element.group("tag"));
        }
        return element.group("name") != null ? shown(element.group("name")) : element.group("plain");
    }
}
