package io.flowapi.platform.html;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.parser.Tag;

/** The names of HTML, SVG and MathML elements, in any case; also of those that are obsolete, or in a draft only. */
final class ElementNames {

    /** The longest are {@code feComponentTransfer} and {@code domainOfApplication}. */
    static final int LENGTH_MAX = 19;

    /** HTML that browsers know or knew, or that was or is a draft, and that jsoup does not know. */
    private static final String HTML = """
            blink command content element fencedframe geolocation image isindex menuitem multicol nextid portal rbc
            selectedcontent shadow spacer
            """;

    /** SVG 1.1, Tiny 1.2 and 2 with its drafts. jsoup knows only those that the parser treats in a way of its own. */
    private static final String SVG = """
            altglyph altglyphdef altglyphitem animate animatecolor animatemotion animatetransform animation circle
            clippath cursor defs desc discard ellipse feblend fecolormatrix fecomponenttransfer fecomposite
            feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb
            fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset fepointlight
            fespecularlighting fespotlight fetile feturbulence filter font foreignobject g glyph glyphref handler
            hatch hatchpath hkern image line lineargradient marker mask mesh meshgradient meshpatch meshrow metadata
            mpath path pattern polygon polyline prefetch radialgradient rect set solidcolor stop svg switch symbol
            tbreak text textpath tref tspan unknown use view vkern
            """;

    private static final String MATHML = """
            annotation maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi mlabeledtr
            mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup
            msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
            semantics
            """;

    /** What MathML 1 to 3 have for the meaning of a formula; some of them are words that people write. */
    private static final String CONTENT_MATHML = """
            abs and apply approx arccos arccosh arccot arccoth arccsc arccsch arcsec arcsech arcsin arcsinh arctan
            arctanh arg bind bvar card cartesianproduct cbytes ceiling cerror ci cn codomain complexes compose
            condition conjugate cos cosh cot coth cs csc csch csymbol curl declare degree determinant diff
            divergence divide domain domainofapplication emptyset eq equivalent eulergamma exists exp exponentiale
            factorial factorof false floor fn forall gcd geq grad gt ident image imaginary imaginaryi implies in
            infinity int integers intersect interval inverse lambda laplacian lcm leq limit list ln log logbase
            lowlimit lt matrix matrixrow max mean median min minus mode moment momentabout naturalnumbers neq not
            notanumber notin notprsubset notsubset or otherwise outerproduct partialdiff pi piece piecewise plus
            power primes product prsubset quotient rationals real reals reln rem root scalarproduct sdev sec sech
            selector sep set setdiff share sin sinh subset sum tan tanh tendsto times transpose true union uplimit
            variance vector vectorproduct xor
            """;

    static final Set<String> BEYOND_JSOUP = Stream.of(HTML, SVG, MATHML, CONTENT_MATHML)
            .flatMap(words -> Stream.of(words.strip().split("\\s+")))
            .collect(toUnmodifiableSet());

    private ElementNames() {}

    static boolean has(String name) {
        // Lower case would make letters of others: the Kelvin sign would be a k.
        if (!name.chars().allMatch(letter -> letter < 0x80)) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return Tag.isKnownTag(lower) || BEYOND_JSOUP.contains(lower);
    }
}
