package dev.signet.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The promises of a page: the rows of its tables whose last column is called {@code test}. The last cell of each names the test classes that keep it, and
 * nothing else.
 */
final class Promises {
    private static final String COLUMN = "test";
    private static final Pattern TESTS = Pattern.compile("`\\w+Test`(, `\\w+Test`)*");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)`");
    private static final Pattern SECTION = Pattern.compile("(?m)^## ");

    private Promises() {}

    /** The rows, whole; without those of the headings. */
    static List<String> in(String page) {
        List<String> rows = new ArrayList<>();
        String column = "";
        for (String line : page.lines().toList()) {
            if (!line.startsWith("|")) {
                column = "";
            } else if (column.isEmpty()) {
                column = lastCell(line);
            } else if (column.equals(COLUMN) && !line.startsWith("| ---")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static String lastCell(String row) {
        String[] cells = row.split("\\|");
        return row.endsWith("|") ? cells[cells.length - 1].strip() : "";
    }

    /** Those whose last cell names no test, or says something besides. */
    static List<String> withoutTest(String page) {
        return in(page).stream()
                .filter(row -> !TESTS.matcher(lastCell(row)).matches())
                .toList();
    }

    /** The test classes that the page names anywhere and that are none of these. */
    static List<String> unknown(String page, Set<String> tests) {
        return NAMED.matcher(page)
                .results()
                .map(named -> named.group(1))
                .filter(named -> !tests.contains(named))
                .toList();
    }

    /** What stands under a heading of the second level. */
    static String section(String page, String heading) {
        return SECTION.splitAsStream(page)
                .filter(section -> section.startsWith(heading + "\n"))
                .findFirst()
                .orElse("");
    }
}
