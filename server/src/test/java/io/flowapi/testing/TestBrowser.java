package io.flowapi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser: it keeps cookies for each host, sends forms, and goes where it is sent only when it is told to. */
public final class TestBrowser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static final Pattern FIELD = Pattern.compile("name=\"([a-z]+)\" value=\"([^\"]*)\"");

    private final Flow flow;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    /** Names of the server's public URL lead to it. */
    public TestBrowser(Flow flow) {
        this.flow = flow;
    }

    public Answer open(String url) {
        return send("GET", url, "");
    }

    public Answer send(String method, String url, String form, String... headers) {
        boolean ours = url.startsWith("http://flow.test");
        String there = url.replace("http://flow.test", "http://127.0.0.1:" + flow.port());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(there))
                .header("Accept", "text/html,application/xhtml+xml")
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        } else if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (ours && !cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        try {
            Answer answer = Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
            if (ours) {
                answer.headers().allValues("Set-Cookie").forEach(this::keep);
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Where an answer sends it. */
    public Answer follow(Answer answer) {
        return open(answer.header("Location"));
    }

    /** Presses a button of the page's form. */
    public Answer press(Answer page, String decision) {
        return send("POST", "http://flow.test/oauth/connect", form(page) + "&decision=" + decision);
    }

    /** The hidden fields of a page's form, as they are sent. */
    public static String form(Answer page) {
        Map<String, String> fields = new TreeMap<>();
        Matcher field = FIELD.matcher(page.text());
        while (field.find()) {
            fields.putIfAbsent(field.group(1), field.group(2));
        }
        fields.remove("decision");
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What it would show. */
    public Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String setCookie) {
        String[] pair = setCookie.split(";")[0].split("=", 2);
        if (setCookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
