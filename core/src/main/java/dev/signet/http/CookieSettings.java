package dev.signet.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session's cookies, always with {@code Secure}, {@code HttpOnly} and {@code Path=/}. Without a domain their names start with
 * {@code __Host-}, so that no sub-domain can set them; with one, with {@code __Secure-} (RFC 6265bis §4.1.3). Immutable.
 */
public final class CookieSettings {
    /** {@code __Host-}, {@code SameSite=Lax}, no domain. */
    public static final CookieSettings DEFAULT = new CookieSettings(null, SameSite.LAX, null, false);

    private static final String HOST = "__Host-";
    private static final String SECURE = "__Secure-";
    /** Those of which browsers that know them also insist on {@code HttpOnly}, so that no script can have set the cookie. */
    private static final String HOST_HTTP = "__Host-Http-";

    private static final String HTTP = "__Http-";
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

    private final @Nullable String insisted;
    private final SameSite sameSite;
    private final @Nullable String domain;
    private final boolean partitioned;

    private CookieSettings(@Nullable String insisted, SameSite sameSite, @Nullable String domain, boolean partitioned) {
        if (domain != null && insisted != null && insisted.startsWith(HOST)) {
            throw new IllegalArgumentException("cookie prefix " + insisted + " with Domain " + domain
                    + ": browsers refuse that; leave out one of the two");
        }
        this.insisted = insisted;
        this.sameSite = sameSite;
        this.domain = domain;
        this.partitioned = partitioned;
    }

    /** Default {@link SameSite#LAX}. */
    public CookieSettings sameSite(SameSite value) {
        return new CookieSettings(insisted, value, domain, partitioned);
    }

    /**
     * Shares the session with every sub-domain of this domain, each of which can then replace its cookies: think twice.
     *
     * @param value lower-case, such as {@code example.com}
     * @throws IllegalArgumentException if it is no such domain, or a prefix is insisted on that excludes one
     */
    public CookieSettings domain(String value) {
        if (!DOMAIN.matcher(value).matches() || value.length() > 253) {
            throw new IllegalArgumentException(
                    "cookie domain '" + value + "': use a lower-case domain such as example.com");
        }
        return new CookieSettings(insisted, sameSite, value, partitioned);
    }

    /**
     * Insists on a name prefix, which is otherwise {@code __Host-}, or {@code __Secure-} where there is a domain. The newer {@code __Host-Http-}, and
     * {@code __Http-} with a domain, also keep scripts from setting the cookie, in browsers that know them.
     *
     * @throws IllegalArgumentException if it is none of these, or excludes the domain
     */
    public CookieSettings prefix(String value) {
        if (!List.of(HOST, SECURE, HOST_HTTP, HTTP).contains(value)) {
            throw new IllegalArgumentException(
                    "cookie prefix '" + value + "': use __Host-, __Secure-, __Host-Http- or __Http-");
        }
        return new CookieSettings(value, sameSite, domain, partitioned);
    }

    /** A session apart for each site that shows this one in a frame (CHIPS); for {@link SameSite#NONE}, without which no frame has cookies at all. */
    public CookieSettings partitioned() {
        return new CookieSettings(insisted, sameSite, domain, true);
    }

    SameSite sameSite() {
        return sameSite;
    }

    /** Whether only this host can have set the cookies, so that two of one name are an attack or a fault. */
    boolean hostOnly() {
        return prefix().startsWith(HOST);
    }

    String prefix() {
        if (insisted != null) {
            return insisted;
        }
        return domain == null ? HOST : SECURE;
    }

    /** A {@code Set-Cookie} line. */
    String line(String name, String value, long maxAge) {
        StringBuilder line = new StringBuilder(name.length() + value.length() + 96);
        line.append(name).append('=').append(value).append("; Path=/");
        if (domain != null) {
            line.append("; Domain=").append(domain);
        }
        if (maxAge >= 0) {
            line.append("; Max-Age=").append(Math.min(maxAge, LONGEST_MAX_AGE));
        }
        if (maxAge == 0) {
            line.append("; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        }
        return line.append("; Secure; HttpOnly; SameSite=")
                .append(sameSite.attribute())
                .append(partitioned ? "; Partitioned" : "")
                .toString();
    }

    /** 400 days, after which browsers forget a cookie anyway (RFC 6265bis §5.5). */
    private static final long LONGEST_MAX_AGE = 400L * 86_400;

    /** A line that makes the browser forget the cookie: the same attributes, since another set of them is another cookie or none at all. */
    String deletion(String name) {
        return line(name, "", 0);
    }
}
