package io.flowapi.testing;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A test for each operation of the document. */
public final class EachOperation {

    public static final String UNKNOWN = "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10";

    private EachOperation() {}

    public static Stream<DynamicTest> each(Predicate<Documented> which, Consumer<Documented> test) {
        return Documented.OPERATIONS.stream()
                .filter(which)
                .map(operation -> dynamicTest(operation.id(), () -> test.accept(operation)));
    }

    /** Sends the document's example to this target. */
    public static Answer send(TestCaller caller, Documented operation, String target, String... headers) {
        return send(caller, operation, target, operation.example(), headers);
    }

    /** Sends a body, if there is one, as JSON. */
    public static Answer send(TestCaller caller, Documented operation, String target, byte[] body, String... headers) {
        return operation.hasBody()
                ? caller.sendJson(operation.method(), target, body, headers)
                : caller.send(operation.method(), target, headers);
    }
}
