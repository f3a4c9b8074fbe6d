package io.flowapi.platform.net;

import io.flowapi.platform.net.Verdict.Allowed;
import io.flowapi.platform.net.Verdict.Denied;
import java.net.InetAddress;
import java.util.List;

/** Says whether a URL that someone else chose may be called. */
public final class UrlGuard {
    private final GuardPolicy policy;
    private final UrlForm form;
    private final Resolver resolver;

    public UrlGuard(GuardPolicy policy, Resolver resolver) {
        this.policy = policy;
        this.form = new UrlForm(policy);
        this.resolver = resolver;
    }

    /** Judges the text alone: for the moment a URL is stored. It must be vetted again when it is called. */
    public Verdict checkForm(String url) {
        return form.judge(url);
    }

    /** Judges the text, then every address its name has now; what is connected to must be one of these. */
    public Verdict vet(String url) {
        return switch (form.judge(url)) {
            case Denied denied -> denied;
            case Allowed literal when !literal.addresses().isEmpty() -> literal;
            case Allowed named -> judgeName(named);
        };
    }

    private Verdict judgeName(Allowed named) {
        try {
            return judgeAnswers(named, resolver.addressesOf(named.host()));
        } catch (LookupsBusyException notAsked) {
            return new Denied(Denial.BUSY);
        }
    }

    /** One forbidden answer forbids the name: with a choice left, an attacker keeps trying until it is taken. */
    private Verdict judgeAnswers(Allowed named, List<InetAddress> answers) {
        if (answers.isEmpty()) {
            return new Denied(Denial.UNRESOLVABLE);
        }
        return answers.stream().allMatch(policy::allowsAddress) ? named.at(answers) : new Denied(Denial.ADDRESS);
    }
}
