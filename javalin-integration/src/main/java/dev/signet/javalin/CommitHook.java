package dev.signet.javalin;

import dev.signet.http.ResponseHead;
import io.javalin.http.Context;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moment before Jetty sends the head of a response, which is the last one in which cookies can be added, however the response came about. Thread-safe.
 */
final class CommitHook extends HttpStream.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(CommitHook.class);
    private static final String EVENT_STREAM = "text/event-stream";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final RequestSessions sessions;
    private boolean done;

    private CommitHook(HttpStream stream, RequestSessions sessions) {
        super(stream);
        this.sessions = sessions;
    }

    /** Whether the server is Jetty, whose responses can be hooked. */
    static boolean reaches(Context ctx) {
        return jetty(ctx) != null;
    }

    /** Hooks the response where that can be done; false if it is on its way already. */
    static boolean install(Context ctx, RequestSessions sessions) {
        ServletContextRequest jetty = jetty(ctx);
        if (jetty == null) {
            return !ctx.res().isCommitted();
        }
        jetty.addHttpStreamWrapper(stream -> new CommitHook(stream, sessions));
        // The servlet's response takes locks to tell, and pretends to have left after sendError, when its head is still
        // to come.
        return !jetty.getServletContextResponse().isCommitted();
    }

    private static @Nullable ServletContextRequest jetty(Context ctx) {
        ServletRequest request = ctx.req();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        try {
            return request instanceof ServletApiRequest api
                            && api.getServletRequestInfo() instanceof ServletContextRequest jetty
                    ? jetty
                    : null;
        } catch (LinkageError elsewhere) {
            return null;
        }
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.@Nullable Response response,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        super.send(
                request,
                response == null || done || isInterim(response) ? response : committed(response),
                last,
                content,
                callback);
    }

    private static boolean isInterim(MetaData.Response response) {
        return response.getStatus() < 200 && response.getStatus() != SWITCHING_PROTOCOLS;
    }

    private MetaData.Response committed(MetaData.Response response) {
        done = true;
        try {
            HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
            if (isEventStream(fields.get(HttpHeader.CONTENT_TYPE))) {
                sessions.streaming();
            }
            sessions.commit(new Head(fields));
            return new MetaData.Response(
                    response.getStatus(),
                    response.getReason(),
                    response.getHttpVersion(),
                    fields,
                    response.getContentLength(),
                    response.getTrailersSupplier());
        } catch (RuntimeException failed) {
            LOG.error("A response was sent without the cookies it should have had", failed);
            return response;
        }
    }

    static boolean isEventStream(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }

    @Override
    public void succeeded() {
        sessions.over();
        super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
        sessions.over();
        super.failed(failure);
    }

    private record Head(HttpFields.Mutable fields) implements ResponseHead {
        /** What nearly every response says: encoded once. */
        private static final List<HttpField> USUAL = List.of(
                new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
                new PreEncodedHttpField(HttpHeader.VARY, "Cookie"));

        @Override
        public List<String> headers(String name) {
            return fields.getValuesList(name);
        }

        @Override
        public void set(String name, String value) {
            fields.put(line(name, value));
        }

        @Override
        public void add(String name, String value) {
            fields.add(line(name, value));
        }

        private static HttpField line(String name, String value) {
            for (HttpField usual : USUAL) {
                if (usual.is(name) && value.equals(usual.getValue())) {
                    return usual;
                }
            }
            return new HttpField(name, value);
        }

        /** Looks at each line once: nearly always there is none to remove. */
        @Override
        public void remove(Set<String> names) {
            for (Iterator<HttpField> lines = fields.iterator(); lines.hasNext(); ) {
                if (names.contains(lines.next().getLowerCaseName())) {
                    lines.remove();
                }
            }
        }
    }
}
