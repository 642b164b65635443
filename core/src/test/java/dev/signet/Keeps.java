package dev.signet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which security requirements a test, or each test of a class, keeps: see {@code docs/security-requirements.md}, which is made of these marks. */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Keeps {
    /** Such as {@code S5}. */
    String[] value();
}
