package io.flowapi.resiliency;

import io.specmatic.core.Feature;
import io.specmatic.core.FeatureKt;
import io.specmatic.core.PassThroughHook;
import io.specmatic.core.SpecmaticConfig;
import io.specmatic.core.SpecmaticConfigKt;
import io.specmatic.core.log.CompositePrinter;
import io.specmatic.core.log.LoggingKt;
import io.specmatic.core.log.NonVerbose;
import io.specmatic.test.ContractTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** All that Specmatic makes of a document, run one after the other. */
final class Suite {

    /** @param fault what the server did wrong; empty when it did right */
    record Outcome(String test, String fault) {

        boolean kept() {
            return fault.isEmpty();
        }

        boolean negative() {
            return test.startsWith("-ve");
        }

        /** @param operation as {@code GET /v1/posts/{postId}} */
        boolean isOf(String operation) {
            return !negative() && test.replaceAll("\\((\\w+):[^)]*\\)", "{$1}").contains(operation + " -> ");
        }
    }

    /** How many are run of those that differ only in values that are right: all combinations would be 70,000. */
    private static final int EACH_KIND_MAX = 5;

    private static final String RIGHT_VALUE =
            "[^,\\[]* (selected \\S+ from enum|(maximum|minimum) (length string|value \\d+))[],]";

    private Suite() {}

    static List<Outcome> run(Path document, Sender sender) {
        LoggingKt.setLogger(new NonVerbose(new CompositePrinter(List.of()), false));
        SpecmaticConfig config = SpecmaticConfigKt.loadSpecmaticConfig(
                Path.of("src/test/resources/specmatic.json").toString());
        Feature feature = FeatureKt.parseContractFileToFeature(
                document.toFile(), new PassThroughHook(), null, null, null, null, null, config, "");
        Map<String, Integer> seen = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        Iterator<ContractTest> tests = feature.generateContractTests(List.of(), (scenario, row) -> scenario)
                .iterator();
        while (tests.hasNext()) {
            ContractTest test = tests.next();
            if (seen.merge(kind(test), 1, Integer::sum) > EACH_KIND_MAX) {
                continue;
            }
            var result = test.runTest(sender).getFirst();
            outcomes.add(new Outcome(
                    test.testDescription().strip(),
                    result.isSuccess() ? "" : result.reportString().strip()));
        }
        return outcomes;
    }

    /** What is tried: the operation, and what was made wrong; values that are right do not count. */
    private static String kind(ContractTest test) {
        return test.testDescription().replaceAll("\\[\\d+\\] ", "").replaceAll(RIGHT_VALUE, "");
    }
}
