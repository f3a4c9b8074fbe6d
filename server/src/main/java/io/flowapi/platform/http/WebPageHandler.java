package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.db.DatabaseFailure;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Takes a browser to its page, and says in its own form why it does not get there. Nothing is thrown past here. */
final class WebPageHandler implements Handler {

    private static final System.Logger LOG = System.getLogger(WebPageHandler.class.getName());

    /** Nothing of a page may stay with the browser, or tell the next site where it came from. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Cache-Control",
            "no-store",
            "Referrer-Policy",
            "no-referrer",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

    private final WebPage page;
    private final Replies replies;
    private final Semaphore room;

    WebPageHandler(WebPage page, Replies replies, Semaphore room) {
        this.page = page;
        this.replies = replies;
        this.room = room;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestScope scope = RequestScope.of(request);
        scope.toReference();
        Reply.Stored answer;
        try {
            WebPage.Visit visit = Visits.of(request, scope.info());
            answer = room.tryAcquire()
                    ? inRoom(visit, request, scope)
                    : refuse(
                            Refusal.of(ProblemCode.OVERLOADED, "Too many requests are being worked on.")
                                    .with("Retry-After", "1"),
                            request,
                            scope);
        } catch (RequestException unreadable) {
            answer = refuse(ProtocolProblems.refusal(unreadable.status()).with("Connection", "close"), request, scope);
        } catch (RefusedException refused) {
            answer = refuse(refused.refusal(), request, scope);
        }
        Replies.send(answer, response);
    }

    private Reply.Stored inRoom(WebPage.Visit visit, ServerRequest request, RequestScope scope) {
        try {
            Reply.Stored answer = page.answer().apply(visit);
            Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
            headers.putAll(answer.headers());
            return new Reply.Stored(answer.status(), headers, answer.body());
        } catch (RefusedException refused) {
            return refuse(refused.refusal(), request, scope);
        } catch (DatabaseFailure failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> page.path() + " " + scope.info().id(),
                    failure);
            return refuse(OperationHandler.refusal(failure), request, scope);
        } catch (RuntimeException | Error fault) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> page.path() + " " + scope.info().id(),
                    fault);
            scope.failed(fault);
            return refuse(
                    Refusal.of(ProblemCode.INTERNAL_ERROR, "A fault of ours. The request id finds it in the log."),
                    request,
                    scope);
        } finally {
            room.release();
        }
    }

    /** As a page for people, and as a problem for programs. */
    private Reply.Stored refuse(Refusal refusal, ServerRequest request, RequestScope scope) {
        scope.refused(refusal.code());
        Reply.Stored problem = replies.encode(refusal, scope.info());
        Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
        headers.putAll(problem.headers());
        List<String> accepted = request.headers().all(HeaderNames.ACCEPT, List::of);
        if (accepted.stream().noneMatch(types -> types.contains("text/html"))) {
            return new Reply.Stored(problem.status(), headers, problem.body());
        }
        headers.put("Content-Type", "text/html; charset=utf-8");
        return new Reply.Stored(problem.status(), headers, html(refusal, scope.info()));
    }

    /** All of it is our own text, and the id has letters and digits only. */
    private static byte[] html(Refusal refusal, RequestInfo request) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <link rel="stylesheet" href="/docs/page.css">
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p>Request <code>%3$s</code></p>
                </main>
                </body>
                </html>
                """.formatted(refusal.kind().title(), refusal.detail(), request.id())
                .getBytes(StandardCharsets.UTF_8);
    }
}
