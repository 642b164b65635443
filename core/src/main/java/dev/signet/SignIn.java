package dev.signet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a person whose credentials were just checked: a value, made step by step.
 *
 * <pre>{@code SignIn.as("ada").roles(Role.ADMIN).carry(CART).remember()}</pre>
 */
public final class SignIn {
    private final String subject;
    private final Set<String> roles;
    private final List<String> amr;
    private final Map<String, String> facts;
    private final Set<String> carried;
    private final String lifetime;
    private final long checkedAt;
    private final String label;

    private SignIn(
            String subject,
            Set<String> roles,
            List<String> amr,
            Map<String, String> facts,
            Set<String> carried,
            String lifetime,
            long checkedAt,
            String label) {
        this.subject = Identity.requireSubject(subject);
        this.roles = Set.copyOf(roles);
        this.amr = List.copyOf(amr);
        this.facts = Map.copyOf(facts);
        this.carried = Set.copyOf(carried);
        this.lifetime = lifetime;
        this.checkedAt = checkedAt;
        this.label = label;
        Identity.requireSmall(this.roles, this.amr, this.facts);
    }

    /**
     * @param subject who it is, by the name or id your application knows them by: 1 to 255 characters
     * @throws IllegalArgumentException if it is empty or longer, or has half a character
     */
    public static SignIn as(String subject) {
        return new SignIn(subject, Set.of(), List.of(), Map.of(), Set.of(), Session.DEFAULT_LIFETIME, -1, "");
    }

    /**
     * Roles by the names of enum constants.
     *
     * @throws IllegalArgumentException as {@link #roles(String...)}
     */
    public SignIn roles(Enum<?>... names) {
        return roles(Arrays.stream(names).map(Enum::name).toArray(String[]::new));
    }

    /**
     * Roles are carried by name; with the other identity facts they may take up to 1 KiB as JSON.
     *
     * @throws IllegalArgumentException if one is empty, or they take more
     */
    public SignIn roles(String... names) {
        return new SignIn(subject, new TreeSet<>(List.of(names)), amr, facts, carried, lifetime, checkedAt, label);
    }

    /**
     * How the person was authenticated, in the words of RFC 8176 ({@code pwd}, {@code otp}, {@code mfa}, …).
     *
     * @throws IllegalArgumentException as {@link #roles(String...)}
     */
    public SignIn amr(String... methods) {
        return new SignIn(
                subject,
                roles,
                List.copyOf(new LinkedHashSet<>(List.of(methods))),
                facts,
                carried,
                lifetime,
                checkedAt,
                label);
    }

    /**
     * A small fact about the person that holds as long as the session does, such as a tenant. Not for state: that is what slots are for.
     *
     * @throws IllegalArgumentException if the name or the value is empty, the name is {@code roles} or {@code amr}, or the identity facts take more than 1 KiB
     */
    public SignIn fact(String name, String value) {
        Map<String, String> more = new TreeMap<>(facts);
        more.put(name, value);
        return new SignIn(subject, roles, amr, more, carried, lifetime, checkedAt, label);
    }

    /** Takes these slots of the visitor along into the session; the visitor's others are cleared. */
    public SignIn carry(Slot<?>... slots) {
        List<String> names = new ArrayList<>(carried);
        Arrays.stream(slots).map(Slot::name).forEach(names::add);
        return new SignIn(subject, roles, amr, facts, Set.copyOf(names), lifetime, checkedAt, label);
    }

    /** Uses the lifetime called {@code remembered}: longer, and kept when the browser is closed. */
    public SignIn remember() {
        return lifetime(Session.REMEMBERED_LIFETIME);
    }

    /** Uses a lifetime that was configured under this name. */
    public SignIn lifetime(String name) {
        return new SignIn(subject, roles, amr, facts, carried, name, checkedAt, label);
    }

    /**
     * The position of the revocation log that was held before the credentials were checked, for sign-ins of several requests: take it from
     * {@link Sessions#position} in the first one. Without it, that of the request that starts the session is used.
     */
    public SignIn checkedAt(long position) {
        return new SignIn(subject, roles, amr, facts, carried, lifetime, position, label);
    }

    /**
     * What the device is called in a list of this person's sessions, such as {@code DeviceLabel.of(userAgent)}: up to 40 characters on one line. Does not go
     * into the ticket; without a {@link SessionIndex} it goes nowhere.
     *
     * @throws IllegalArgumentException if it is longer or has control characters
     */
    public SignIn label(String device) {
        return new SignIn(subject, roles, amr, facts, carried, lifetime, checkedAt, DeviceLabel.require(device));
    }

    public String subject() {
        return subject;
    }

    public Set<String> roles() {
        return roles;
    }

    public List<String> amr() {
        return amr;
    }

    public Map<String, String> facts() {
        return facts;
    }

    /** The names of the carried slots. */
    public Set<String> carried() {
        return carried;
    }

    public String lifetime() {
        return lifetime;
    }

    /** Empty unless it was said. */
    public String label() {
        return label;
    }

    public OptionalLong checkedAt() {
        return checkedAt < 0 ? OptionalLong.empty() : OptionalLong.of(checkedAt);
    }

    @Override
    public String toString() {
        return "SignIn[" + LogText.of(subject) + "]";
    }
}
