using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Counts where and why decoding ended before the payload, and the frames that carry no IP.</summary>
internal sealed class DecodeStopCounter
{
    private const int Reasons = (int)DecodeReason.UnknownLinkType + 1;
    private const int Layers = (int)DecodeLayer.Payload + 1;
    private const int LinkProtocols = (int)LinkProtocol.OtherLlc + 1;

    private readonly long[] _counts = new long[Layers * Reasons];
    private readonly FrameReference[] _first = new FrameReference[Layers * Reasons];
    private readonly long[] _linkCounts = new long[LinkProtocols];
    private readonly FrameReference[] _linkFirst = new FrameReference[LinkProtocols];

    public void Count(DecodeLayer layer, DecodeReason reason, FrameReference frame)
    {
        var at = ((int)layer * Reasons) + (int)reason;
        if (_counts[at]++ == 0)
            _first[at] = frame;
    }

    /// <summary>Counts a frame without IP.</summary>
    public void Count(LinkProtocol protocol, FrameReference frame)
    {
        if (_linkCounts[(int)protocol]++ == 0)
            _linkFirst[(int)protocol] = frame;
    }

    /// <summary>Protocols of frames without IP, in enum order.</summary>
    public ImmutableArray<LinkProtocolCount> SummariseLinks() =>
    [
        .. Enumerable.Range(0, LinkProtocols).Where(at => _linkCounts[at] > 0)
            .Select(at => new LinkProtocolCount((LinkProtocol)at, _linkCounts[at], _linkFirst[at])),
    ];

    /// <summary>The nonzero counts, by layer and reason.</summary>
    public ImmutableArray<DecodeStopCount> Summarise()
    {
        var summary = ImmutableArray.CreateBuilder<DecodeStopCount>();
        for (var at = 0; at < _counts.Length; at++)
        {
            if (_counts[at] > 0)
                summary.Add(new DecodeStopCount((DecodeLayer)(at / Reasons), (DecodeReason)(at % Reasons), _counts[at],
                    _first[at]));
        }

        return summary.ToImmutable();
    }
}
