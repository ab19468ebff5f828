using System.Collections.Immutable;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live;

/// <summary>A filter in libpcap's language (pcap-filter(7)) for frames of files: compiled for each link type. Names of
/// hosts in it are looked up by libpcap. Not thread-safe.</summary>
public sealed class CaptureFilter : IDisposable
{
    private readonly Dictionary<ushort, FilterProgram?> _programs = [];
    private readonly SortedDictionary<ushort, (long Packets, string Message)> _refused = [];
    private LinkType _lastType;
    private FilterProgram? _last;

    private CaptureFilter(string expression) => Expression = expression;

    /// <summary>The filter as it was given.</summary>
    public string Expression { get; }

    /// <summary>Link types for which libpcap does not compile the filter, with the packets that were therefore left
    /// out, and libpcap's message; only those that had packets, ascending.</summary>
    public ImmutableArray<(LinkType LinkType, long Packets, string Message)> Refused =>
        [.. _refused.Where(entry => entry.Value.Packets > 0)
            .Select(entry => (new LinkType(entry.Key), entry.Value.Packets, entry.Value.Message))];

    /// <summary>Compiles a filter.</summary>
    /// <param name="expression">The filter.</param>
    /// <param name="linkTypes">Link types that the files have; none means Ethernet.</param>
    /// <param name="problem">Why it cannot be used: no library, or it compiles for none of these; null when it
    /// can.</param>
    public static CaptureFilter? TryCreate(string expression, IReadOnlyCollection<LinkType> linkTypes,
        out LiveProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(linkTypes);
        problem = PcapLibrary.Problem;
        if (problem is not null)
            return null;
        if (FilterError.OfCharacters(expression) is { } character)
        {
            problem = LiveProblem.OfFilter("", character);
            return null;
        }

        var filter = new CaptureFilter(expression);
        ImmutableArray<LinkType> wanted = linkTypes.Count == 0 ? [LinkType.Ethernet] : [.. linkTypes];
        if (wanted.Any(linkType => filter.ProgramOf(linkType) is not null))
            return filter;
        var first = wanted[0];
        problem = LiveProblem.OfFilter("", FilterError.Of(expression, filter._refused[first.Value].Message), first);
        filter.Dispose();
        return null;
    }

    /// <summary>True when the filter takes a frame; false for every frame of a link type in
    /// <see cref="Refused"/>.</summary>
    public bool Takes(in CapturedPacket packet)
    {
        if (_last is null || packet.LinkType != _lastType)
            (_lastType, _last) = (packet.LinkType, ProgramOf(packet.LinkType));
        if (_last is not null)
            return _last.Takes(packet);
        var (packets, message) = _refused[packet.LinkType.Value];
        _refused[packet.LinkType.Value] = (packets + 1, message);
        return false;
    }

    /// <summary>Begins to count <see cref="Refused"/> anew, for another reading.</summary>
    public void Restart()
    {
        foreach (var linkType in _refused.Keys.ToList())
            _refused[linkType] = (0, _refused[linkType].Message);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var program in _programs.Values)
            program?.Dispose();
        _programs.Clear();
        _last = null;
    }

    private FilterProgram? ProgramOf(LinkType linkType)
    {
        if (_programs.TryGetValue(linkType.Value, out var program))
            return program;
        program = FilterProgram.TryCompile(Expression, linkType, out var message);
        if (program is null)
            _refused.Add(linkType.Value, (0, message));
        _programs.Add(linkType.Value, program);
        return program;
    }
}
