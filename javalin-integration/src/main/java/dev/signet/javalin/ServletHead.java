package dev.signet.javalin;

import dev.signet.http.ResponseHead;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers of a response as the servlet API tells of them: where there is nothing better, or nothing to be written any more. */
record ServletHead(HttpServletResponse response) implements ResponseHead {
    private static final Logger LOG = LoggerFactory.getLogger(ServletHead.class);

    @Override
    public List<String> headers(String name) {
        return List.copyOf(response.getHeaders(name));
    }

    @Override
    public void set(String name, String value) {
        response.setHeader(name, value);
    }

    @Override
    public void add(String name, String value) {
        if (response.isCommitted() && name.equals("Set-Cookie")) {
            LOG.error(
                    "A response was sent without a cookie that it should have had, since it left before its handlers were through");
        }
        response.addHeader(name, value);
    }

    @Override
    public void remove(Set<String> names) {
        names.forEach(this::remove);
    }

    /** Before Servlet 6.1 there is no way to remove a header, but to make it say nothing. */
    private void remove(String name) {
        if (response.containsHeader(name)) {
            response.setHeader(name, null);
        }
        if (response.containsHeader(name)) {
            response.setHeader(name, "");
        }
    }
}
