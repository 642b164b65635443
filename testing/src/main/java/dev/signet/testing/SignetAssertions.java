package dev.signet.testing;

import dev.signet.Verification;

/** Where the assertions begin: import it statically beside that of AssertJ. */
public final class SignetAssertions {
    private SignetAssertions() {}

    public static ResponseAssert assertThat(Response actual) {
        return new ResponseAssert(actual);
    }

    public static VerificationAssert assertThat(Verification actual) {
        return new VerificationAssert(actual);
    }
}
