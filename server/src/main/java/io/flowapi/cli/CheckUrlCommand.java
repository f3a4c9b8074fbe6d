package io.flowapi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.AddressLiteral;
import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.FixedAnswers;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.Resolver;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.platform.net.Verdict;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows what the production guard says of URLs, so that an operator can ask before a webhook does. */
@Command(
        name = "check-url",
        mixinStandardHelpOptions = true,
        description = "Says of each URL whether a production server may call it.")
public final class CheckUrlCommand implements Callable<Integer> {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Map<String, String> environment;
    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--resolve-to",
            paramLabel = "ADDRESS",
            split = ",",
            converter = AddressConverter.class,
            description = "Answer every name with these addresses instead of asking DNS.")
    private List<InetAddress> resolveTo = List.of();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Parameters(paramLabel = "URL", description = "The URLs; without any, they are read from standard input.")
    private List<String> urls = List.of();

    private record Judgement(String verdict, String reason, String detail, String url) {}

    public CheckUrlCommand() {
        this(System.getenv(), System.in);
    }

    public CheckUrlCommand(Map<String, String> environment, InputStream input) {
        this.environment = environment;
        this.input = input;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        var guard = new UrlGuard(GuardPolicy.production(allowedPrivate()), resolver());
        PrintWriter out = spec.commandLine().getOut();
        if (!urls.isEmpty()) {
            for (String url : urls) {
                print(out, judge(guard, url));
            }
            return 0;
        }
        Scanner lines = new Scanner(input, StandardCharsets.UTF_8).useDelimiter("\r?\n");
        while (lines.hasNext()) {
            print(out, judge(guard, lines.next()));
        }
        return 0;
    }

    private List<AddressBlock> allowedPrivate() {
        try {
            return AddressBlock.parseList(environment.getOrDefault("FLOW_ALLOWED_PRIVATE_CIDRS", ""));
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(
                    spec.commandLine(), "FLOW_ALLOWED_PRIVATE_CIDRS: " + invalid.getMessage(), invalid);
        }
    }

    private Resolver resolver() {
        return resolveTo.isEmpty() ? new DnsLookup() : new FixedAnswers(resolveTo);
    }

    private static Judgement judge(UrlGuard guard, String url) {
        return switch (guard.vet(url)) {
            case Verdict.Allowed allowed -> new Judgement("allow", "ok", "This URL may be called.", url);
            case Verdict.Denied(var reason) -> new Judgement("deny", reason.code(), reason.advice(), url);
        };
    }

    private void print(PrintWriter out, Judgement judgement) throws JsonProcessingException {
        out.println(
                json
                        ? JSON.writeValueAsString(judgement)
                        : judgement.verdict() + "\t" + judgement.reason() + "\t" + visible(judgement.url()));
        out.flush();
    }

    /** A URL is someone else's text: it must not end our line, add a column or steer the terminal. */
    private static String visible(String url) {
        var text = new StringBuilder(url.length());
        for (char c : url.toCharArray()) {
            if (isInvisible(c)) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static boolean isInvisible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static final class AddressConverter implements ITypeConverter<InetAddress> {
        @Override
        public InetAddress convert(String text) {
            return AddressLiteral.parse(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not an IP address."));
        }
    }
}
