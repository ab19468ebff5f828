using System.Globalization;

namespace PortAudit.Cli;

/// <summary>One line on a terminal that says how far reading has come; it is wiped when reading ends.</summary>
internal sealed class PacketProgress : IDisposable
{
    private const string WipeLine = "\r\u001b[K";

    private readonly TextWriter _terminal;

    private PacketProgress(TextWriter terminal) => _terminal = terminal;

    /// <summary>Progress on standard error, null when that is no terminal or the user wants quiet.</summary>
    public static PacketProgress? Start(CommandEnvironment environment, bool quiet) =>
        environment.ErrorIsTerminal && !quiet ? new PacketProgress(environment.Error) : null;

    /// <summary>Shows the number of packets read so far.</summary>
    public void Show(long packets)
    {
        _terminal.Write(string.Create(CultureInfo.InvariantCulture, $"{WipeLine}{packets:N0} packets read"));
        _terminal.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _terminal.Write(WipeLine);
        _terminal.Flush();
    }
}
