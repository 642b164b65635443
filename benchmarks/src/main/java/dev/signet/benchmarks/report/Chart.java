package dev.signet.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as SVG: for each label one bar of each series, its value beside it. */
final class Chart {
    private static final int WIDTH = 760;
    private static final int LEFT = 210;
    private static final int RIGHT = 70;
    private static final int BAR = 14;
    private static final List<String> COLOURS = List.of("#0b6e4f", "#e09f3e", "#335c81", "#9e2a2b");

    /** @param values one for each series; NaN leaves the bar out */
    record Bars(String label, List<Double> values) {}

    private Chart() {}

    private static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    static String of(String title, String unit, List<String> series, List<Bars> bars) {
        int group = BAR * series.size() + 10;
        int height = 64 + group * bars.size() + 14;
        double longest = bars.stream()
                .flatMap(each -> each.values().stream())
                .filter(value -> !Double.isNaN(value))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        .formatted(WIDTH, height, WIDTH, height));
        svg.append("<title>%s</title>%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n".formatted(title));
        svg.append("<text x=\"12\" y=\"22\" font-size=\"15\" font-weight=\"bold\" fill=\"#222222\">%s</text>%n"
                .formatted(title));
        int legend = 12;
        for (int i = 0; i < series.size(); i++) {
            svg.append("<rect x=\"%d\" y=\"34\" width=\"10\" height=\"10\" fill=\"%s\"/>".formatted(legend, colour(i)));
            svg.append("<text x=\"%d\" y=\"43\" fill=\"#222222\">%s</text>%n".formatted(legend + 14, series.get(i)));
            legend += 34 + 7 * series.get(i).length();
        }
        svg.append(
                "<text x=\"%d\" y=\"43\" text-anchor=\"end\" fill=\"#555555\">%s</text>%n".formatted(WIDTH - 12, unit));
        int y = 58;
        for (Bars each : bars) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>%n"
                    .formatted(LEFT - 8, y + BAR * series.size() / 2 + 4, each.label()));
            for (int i = 0; i < each.values().size(); i++) {
                double value = each.values().get(i);
                if (!Double.isNaN(value)) {
                    double length = Math.max(1, value / longest * (WIDTH - LEFT - RIGHT));
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\" font-size=\"11\" fill=\"#222222\">%s</text>%n",
                            LEFT,
                            y + i * BAR,
                            length,
                            BAR - 2,
                            colour(i),
                            LEFT + length + 5,
                            y + i * BAR + 10,
                            Target.number(value)));
                }
            }
            y += group;
        }
        return svg.append("</svg>\n").toString();
    }
}
