package dev.signet.cli;

import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.RevocationLog.Entry;
import dev.signet.revocation.RevocationLog.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a store remembers. */
@Command(
        name = "revocations",
        mixinStandardHelpOptions = true,
        description =
                "Shows what the store remembers, the newest last. The position of an entry is about the time it was made.")
final class RevocationsCommand implements Callable<Integer> {
    private static final int PAGE = 5_000;

    private final Surroundings around;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only what ends sessions of this subject.")
    @Nullable
    private String subject;

    @Option(names = "--from", paramLabel = "POSITION", description = "Only entries from there on.")
    private long from;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The newest N at most. Default ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    RevocationsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > 1_000_000 || from < 0) {
            throw new Refused("use --limit 1 to 1000000 and --from 0 or more");
        }
        try (RevocationLog log = store.required(around)) {
            print(log);
        }
        return 0;
    }

    private void print(RevocationLog log) {
        List<Entry> newest = new ArrayList<>();
        long matching = 0;
        Page page = log.read(from, PAGE);
        while (!page.entries().isEmpty()) {
            for (Entry entry : page.entries()) {
                if (asked(entry)) {
                    matching++;
                    newest.add(entry);
                }
            }
            newest.subList(0, Math.max(0, newest.size() - limit)).clear();
            page = log.read(page.entries().get(page.entries().size() - 1).position() + 1, PAGE);
        }
        if (json) {
            around.printJson(Map.of(
                    "head",
                    page.head(),
                    "entries",
                    matching,
                    "newest",
                    newest.stream().map(RevocationsCommand::members).toList()));
        } else {
            newest.forEach(entry -> around.print(line(entry)));
            around.print(matching + (matching == 1 ? " entry" : " entries") + "; the log's head is at " + page.head());
        }
    }

    private boolean asked(Entry entry) {
        return subject == null || subject.equals(entry.subject()) || entry.kind() == RevocationLog.Kind.EVERYONE;
    }

    private String line(Entry entry) {
        String whose = entry.subject() == null ? "" : " " + Texts.shown(entry.subject());
        String session = entry.session() == null ? "" : " " + Texts.shown(entry.session());
        return entry.position() + "  " + Instant.ofEpochMilli(entry.position()) + "  " + entry.kind() + whose + session
                + ", forgotten " + Texts.relative(entry.keepUntil(), around.now());
    }

    private static Map<String, Object> members(Entry entry) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("position", entry.position());
        members.put("kind", entry.kind().name());
        members.put("subject", entry.subject());
        members.put("session", entry.session());
        members.put("keepUntil", entry.keepUntil().toString());
        return members;
    }
}
