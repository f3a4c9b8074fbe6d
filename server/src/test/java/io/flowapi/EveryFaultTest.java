package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Walks the document on servers whose database is broken: the answer says whose fault it is, and no more. */
class EveryFaultTest {

    /** These faults are wanted; the log of a test run is for others. */
    private static final Logger FAULTS = Logger.getLogger("io.flowapi.platform.http.OperationHandler");

    private final Flow flow = new Flow();
    private TestCaller caller;

    @BeforeEach
    void start() {
        FAULTS.setLevel(Level.OFF);
        flow.start();
        caller = flow.caller();
    }

    @AfterEach
    void stop() {
        flow.stop();
        FAULTS.setLevel(null);
    }

    @TestFactory
    Stream<DynamicTest> apologizes_for_a_fault_in_what_it_works_with() {
        renamed(List.of("channels", "channel_connections", "posts"));
        return each(
                operation -> operation.scope().startsWith("posts:")
                        || operation.scope().startsWith("channels:"),
                this::apologizes);
    }

    @TestFactory
    Stream<DynamicTest> apologizes_for_a_fault_before_it_is_reached() {
        renamed(List.of("api_keys"));
        return each(Documented::secured, this::apologizes);
    }

    private void renamed(List<String> tables) {
        flow.installation().database().write(tx -> {
            tables.forEach(table -> tx.execute("alter table " + table + " rename to missing_" + table));
            return null;
        });
    }

    private void apologizes(Documented operation) {
        Answer answer = send(caller, operation, operation.target(UNKNOWN));
        answer.isProblem(500, "internal_error");
        assertThat(answer.text()).doesNotContainIgnoringCase("sql").doesNotContain("missing_", "Exception");
    }

    @TestFactory
    Stream<DynamicTest> asks_to_come_back_without_its_database() {
        flow.installation().database().close();
        return each(operation -> operation.declares(503), operation -> {
            Answer answer = send(caller, operation, operation.target(UNKNOWN)).expect(503);
            if (operation.secured()) {
                answer.isProblem(503, "database_unavailable");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
        });
    }
}
