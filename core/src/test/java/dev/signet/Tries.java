package dev.signet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which known attacks a test, or each test of a class, tries: see {@code docs/attacks.md}, which is made of these marks. */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Tries {
    /** Their numbers in {@code docs/attacks.md}. */
    int[] value();
}
