package dev.signet.cli;

import dev.signet.revocation.StoreUnavailable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** The command {@code signet}. Its exit code is 0 if all is well, 1 if what was looked at is not, 2 if it was asked for wrongly, 3 if a store did not answer, 4 if it failed itself. */
@Command(
        name = "signet",
        mixinStandardHelpOptions = true,
        versionProvider = Signet.Version.class,
        description = "Keys, tokens and revocations of Signet sessions.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:what was looked at is not: a token is refused, doctor found something",
            "2:asked for wrongly; nothing was changed",
            "3:a store did not answer; what was to be recorded may not be",
            "4:the tool itself failed"
        })
final class Signet {
    static final int NOT_WELL = 1;
    static final int NO_ANSWER = 3;
    static final int FAILED = 4;

    /** Tells the version that the jar carries. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Signet.class.getPackage().getImplementationVersion();
            return new String[] {"signet " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Runs one command; nothing is read or written beside these surroundings, files and stores. */
    static int run(Surroundings around, String... arguments) {
        CommandLine line = line(around);
        try {
            return line.execute(arguments);
        } finally {
            around.out().flush();
            around.err().flush();
        }
    }

    /** The command with all that can be asked of it. */
    static CommandLine line(Surroundings around) {
        CommandLine line = new CommandLine(new Signet())
                .addSubcommand(new CommandLine(new KeysCommand())
                        .addSubcommand(new KeysNew(around))
                        .addSubcommand(new KeysList(around))
                        .addSubcommand(new KeysRotate(around))
                        .addSubcommand(new KeysRetire(around)))
                .addSubcommand(new InspectCommand(around))
                .addSubcommand(new RevokeCommand(around))
                .addSubcommand(new RevocationsCommand(around))
                .addSubcommand(new DoctorCommand(around))
                .setOut(around.out())
                .setErr(around.err())
                .setParameterExceptionHandler((wrong, given) -> {
                    if (given.length == 0) {
                        wrong.getCommandLine().usage(around.err());
                        return ExitCode.USAGE;
                    }
                    around.err().println(oneLine(wrong) + " (--help tells more)");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failed, command, given) -> {
                    boolean known = failed instanceof StoreUnavailable || failed instanceof Refused;
                    // Others' messages may quote what they were given.
                    String reason = known
                            ? String.valueOf(failed.getMessage())
                            : "failed: " + failed.getClass().getName();
                    around.err().println(Texts.line("signet: " + reason));
                    return failed instanceof Refused ? ExitCode.USAGE : known ? NO_ANSWER : FAILED;
                });
        line.setExecutionStrategy(new CommandLine.RunLast());
        return line;
    }

    private static String oneLine(ParameterException wrong) {
        return "signet: "
                + Texts.shown(String.valueOf(wrong.getMessage())
                        .replaceFirst("^Error: ", "")
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    private Signet() {}

    public static void main(String[] arguments) {
        Surroundings around = new Surroundings(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                InstantSource.system());
        System.exit(run(around, arguments));
    }
}
