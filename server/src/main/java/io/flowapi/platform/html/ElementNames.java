package io.flowapi.platform.html;

import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Tag;

/** The names of HTML, SVG and MathML elements, in any case. */
final class ElementNames {

    /** The longest is {@code feComponentTransfer}. */
    static final int LENGTH_MAX = 19;

    /** HTML that browsers know or knew, and jsoup does not. */
    private static final Set<String> OLD_HTML =
            Set.of("blink", "image", "isindex", "multicol", "nextid", "selectedcontent", "spacer");

    /** Of these jsoup knows only those that the parser treats in a way of its own. */
    private static final Set<String> SVG = words("""
            altglyph altglyphdef altglyphitem animate animatecolor animatemotion animatetransform circle clippath
            cursor defs desc discard ellipse feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix
            fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr
            fegaussianblur feimage femerge femergenode femorphology feoffset fepointlight fespecularlighting
            fespotlight fetile feturbulence filter font foreignobject g glyph glyphref hkern image line lineargradient
            marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop svg switch symbol
            text textpath tref tspan use view vkern
            """);

    private static final Set<String> MATHML = words("""
            annotation maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv
            mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline
            mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
            """);

    private ElementNames() {}

    static boolean has(String name) {
        // Lower case would make letters of others: the Kelvin sign would be a k.
        if (!name.chars().allMatch(letter -> letter < 0x80)) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return Tag.isKnownTag(lower) || OLD_HTML.contains(lower) || SVG.contains(lower) || MATHML.contains(lower);
    }

    private static Set<String> words(String lines) {
        return Set.of(lines.strip().split("\\s+"));
    }
}
