package io.flowapi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of ARCHITECTURE.md and STYLE.md that a program can see. */
@Tag("one-database")
class ArchitectureTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final int FILE_LINES_MAX = 400;
    private static final int ROOT_LINES_MAX = 200;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.flowapi");

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                        slices().matching("io.flowapi.(**)").should().beFreeOfCycles(),
                        noClasses()
                                .that()
                                .resideInAPackage("io.flowapi.platform..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "io.flowapi",
                                        "io.flowapi.api",
                                        "io.flowapi.apikeys..",
                                        "io.flowapi.audit..",
                                        "io.flowapi.backup..",
                                        "io.flowapi.channels..",
                                        "io.flowapi.cli..",
                                        "io.flowapi.connections..",
                                        "io.flowapi.doctor..",
                                        "io.flowapi.events..",
                                        "io.flowapi.health..",
                                        "io.flowapi.idempotency..",
                                        "io.flowapi.installation..",
                                        "io.flowapi.posts..",
                                        "io.flowapi.providers..",
                                        "io.flowapi.ratelimits..",
                                        "io.flowapi.reference..",
                                        "io.flowapi.users..",
                                        "io.flowapi.webhooks..")
                                .as("platform knows no feature"),
                        noClasses()
                                .that()
                                .resideInAPackage("io.flowapi.audit")
                                .should()
                                .dependOnClassesThat(resideInAnyPackage("io.flowapi..")
                                        .and(not(resideInAnyPackage(
                                                "io.flowapi.audit", "io.flowapi.api..", "io.flowapi.platform.."))))
                                .as("the audit log knows no feature"),
                        noClasses()
                                .that()
                                .resideInAPackage("io.flowapi.events")
                                .should()
                                .dependOnClassesThat(resideInAnyPackage("io.flowapi..")
                                        .and(not(resideInAnyPackage(
                                                "io.flowapi.events", "io.flowapi.api..", "io.flowapi.platform.."))))
                                .as("events know no feature"),
                        outcomesAreWrittenWithTheirEvent(),
                        only("io.helidon.webserver..", "io.flowapi.platform.http", "io.flowapi"),
                        only("java.sql..", "io.flowapi.platform.db"),
                        only("org.apache.hc..", "io.flowapi.platform.net"),
                        only("java.net.http..", "io.flowapi.platform.net"),
                        // The one connection that is not of platform.net: the tracker's client has a transport of its
                        // own.
                        only("io.sentry..", "io.flowapi.platform.faults"),
                        figuresStandInMeters(),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("io.flowapi.platform.net")
                                .should()
                                .callConstructorWhere(target(owner(HasName.Predicates.name("java.net.Socket"))))
                                .orShould()
                                .callMethodWhere(target(nameMatching("connect|open"))
                                        .and(target(owner(nameMatching(
                                                "java\\.net\\.Socket|java\\.nio\\.channels\\.SocketChannel")))))
                                .orShould()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName("java.net.URLConnection")
                                .as("platform.net opens every connection"),
                        sqlStandsInStores(),
                        generatedCallsStopInResources(),
                        timeComesFromOneClock(),
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(
                                        "io.flowapi.installation", "io.flowapi.cli", "io.flowapi.platform.db")
                                .should()
                                .callMethod(InstantSource.class, "system")
                                .as("who opens an installation chooses its clock"),
                        noClasses()
                                .should()
                                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)(\\$.*)?")
                                .as("names say what a thing is"),
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName("io.flowapi.Main")
                                .and()
                                .resideOutsideOfPackage("io.flowapi.cli")
                                .should()
                                .callMethod(System.class, "getenv")
                                .as("the environment is read once"))
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(MAIN)));
    }

    private static ArchRule only(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .as("only " + List.of(packages) + " know " + library);
    }

    private static ArchRule figuresStandInMeters() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.flowapi.platform.metrics")
                .and()
                .haveSimpleNameNotEndingWith("Meters")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .as("what is measured stands in *Meters classes");
    }

    private static ArchRule sqlStandsInStores() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("io.flowapi.platform.db", "io.flowapi.health")
                .and()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .haveSimpleNameNotEndingWith("Ledger")
                .and()
                .haveSimpleNameNotEndingWith("Queue")
                .should()
                .callMethodWhere(target(owner(HasName.Predicates.name(Handle.class.getName())))
                        .and(target(nameMatching("create.*|execute|select"))))
                .as("SQL stands in stores");
    }

    private static ArchRule outcomesAreWrittenWithTheirEvent() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.flowapi.posts.TargetOutcomes")
                .should()
                .callMethodWhere(target(owner(HasName.Predicates.name("io.flowapi.posts.SendingStore")))
                        .and(target(nameMatching("published|notPublished"))))
                .as("outcomes of targets are written with their event");
    }

    private static ArchRule generatedCallsStopInResources() {
        return classes()
                .that()
                .resideInAPackage("io.flowapi.api")
                .should()
                .onlyBeAccessed()
                .byClassesThat(new DescribedPredicate<JavaClass>("resources") {
                    @Override
                    public boolean test(JavaClass user) {
                        String name = user.getName();
                        return name.startsWith("io.flowapi.api.")
                                || name.contains("Resource")
                                || name.endsWith("Replies")
                                || name.startsWith("io.flowapi.FlowServer");
                    }
                })
                .as("generated calls and replies stop in the resources");
    }

    private static ArchRule timeComesFromOneClock() {
        return noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .as("time comes from one clock");
    }

    @Test
    void every_package_says_what_it_owns_and_has_no_nulls() {
        sources().map(Path::getParent).distinct().forEach(directory -> {
            Path page = directory.resolve("package-info.java");
            assertThat(page).exists().content().contains("@NullMarked", "/**");
        });
    }

    @Test
    void statuses_are_written_where_they_are_told() {
        String status = "\\s(?:(?!where)[\\s\\S]){0,600}?\\bstatus =";

        assertThat(filesWith("insert into posts|update posts" + status)).containsExactly("PostStore.java");
        assertThat(filesWith("insert into channels|delete from channels|update channels" + status))
                .containsExactly("ChannelStore.java");
        assertThat(filesWith("insert into webhooks|update webhooks" + status)).containsExactly("WebhookStore.java");
        assertThat(filesWith("insert into events")).containsExactly("EventStore.java");
    }

    /** Files with SQL that has this. */
    private static List<String> filesWith(String sql) {
        Predicate<String> found = Pattern.compile(sql).asPredicate();
        return sources()
                .filter(file -> found.test(String.join("\n", lines(file))))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Test
    void no_file_is_two_things() {
        sources().forEach(file -> assertThat(lines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(FILE_LINES_MAX));
        assertThat(lines(SOURCES.resolve("io/flowapi/FlowServer.java"))).hasSizeLessThanOrEqualTo(ROOT_LINES_MAX);
    }

    private static Stream<Path> sources() {
        try {
            return Files.walk(SOURCES).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
