using System.Collections.Immutable;

namespace PortAudit.Cli.Input;

/// <summary>Packets that are shown together.</summary>
/// <param name="Title">Heading; empty for none.</param>
/// <param name="Frames">Frame numbers by capture: its name for the reader, and where it is, null when it was not
/// found.</param>
/// <param name="NotShown">How many of the listed ones are left out.</param>
internal sealed record WantedPackets(string Title,
    ImmutableArray<(string Name, string? Path, ImmutableArray<long> Numbers)> Frames, int NotShown)
{
    public long NotListed { get; init; }
}
