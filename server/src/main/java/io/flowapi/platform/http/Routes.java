package io.flowapi.platform.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.flowapi.api.model.ProblemCode;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Registers the operations of the document, what can be read beside them, and a problem document for all the rest. */
public final class Routes {

    private final List<Gate> gates;
    private final Replies replies;
    private final List<Operation> operations;
    private final List<Reading> readings;
    private final List<WebPage> pages;

    /** @param gates in the order in which they refuse */
    public Routes(List<Gate> gates, Replies replies, List<Operation> operations) {
        this(gates, replies, operations, List.of(), List.of());
    }

    private Routes(
            List<Gate> gates,
            Replies replies,
            List<Operation> operations,
            List<Reading> readings,
            List<WebPage> pages) {
        this.gates = gates;
        this.replies = replies;
        this.operations = operations;
        this.readings = readings;
        this.pages = pages;
    }

    /** The same, and beside the operations what everybody may read and open: no gate stands before it. */
    public Routes with(List<Reading> readings, List<WebPage> pages) {
        return new Routes(gates, replies, operations, readings, pages);
    }

    /** @param room for how many requests may be worked on at a time */
    void register(HttpRouting.Builder routing, Semaphore room) {
        byPath(operations).forEach((path, onPath) -> {
            onPath.forEach(operation -> routing.route(
                    Method.predicate(methods(operation).map(Method::create).toList()),
                    PathMatchers.create(path),
                    new OperationHandler(operation, gates, replies, room)));
            routing.any(path, otherMethods(onPath));
        });
        pages.stream().collect(groupingBy(WebPage::path)).forEach((path, onPath) -> {
            onPath.forEach(page -> routing.route(
                    Method.predicate(Method.create(page.method())),
                    PathMatchers.create(path),
                    new WebPageHandler(page, replies, room)));
            String allowed = onPath.stream().map(WebPage::method).sorted().collect(joining(", "));
            routing.any(path, new OtherMethods(allowed, replies));
        });
        routing.any(new ReadingHandler(readings, replies));
        routing.any(refuse(Refusal.of(ProblemCode.ROUTE_NOT_FOUND, "No operation has this path.")));
    }

    /** In the order of their letters, in which the brace of a parameter is the last: fixed words are seen first. */
    private static Map<String, List<Operation>> byPath(List<Operation> operations) {
        return operations.stream().collect(groupingBy(Operation::path, TreeMap::new, toList()));
    }

    /** What can be got can be asked for without its body (RFC 9110, 9.3.2). */
    private static Stream<String> methods(Operation operation) {
        return operation.method().equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(operation.method());
    }

    private Handler otherMethods(List<Operation> onPath) {
        return new OtherMethods(
                onPath.stream().flatMap(Routes::methods).sorted().collect(joining(", ")), replies);
    }

    private Handler refuse(Refusal refusal) {
        return (request, response) -> replies.refuse(refusal, request, response);
    }
}
