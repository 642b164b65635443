package dev.signet.cli;

import picocli.CommandLine.Command;

/** The group of commands about keys. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes, shows and rotates the keys of a ring.",
        synopsisSubcommandLabel = "(new | list | rotate | retire)")
final class KeysCommand {}
