using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic;

/// <summary>Frames of one link type.</summary>
/// <param name="LinkType">The link type.</param>
/// <param name="Packets">Number of frames.</param>
public sealed record LinkCount(LinkType LinkType, long Packets)
{
    /// <summary>Link types listed, the lowest numbers: about as many as the registry has.</summary>
    public const int MaximumListed = 300;
}
