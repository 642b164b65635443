package dev.signet.broken.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWEObject;
import java.util.List;
import java.util.function.Supplier;

public abstract class ShowsLibraries implements Supplier<JOSEObject> {
    protected JsonNode tree;
    private JsonFactory hidden;

    public abstract List<JWEObject[]> tokens();

    public abstract void check(String token) throws JOSEException;

    void alsoHidden(JsonFactory factory) {}
}
